"""Bytes → lines of cells: encodings, separators, and what Excel writes. Whatever is handed in gets an answer."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from catalog.cohort.remarks import Level, Remark

MOST_BYTES = 10 * 1024 * 1024
MOST_ROWS = 10_000
MOST_COLUMNS = 200
LONGEST_CELL = 8_000
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_NOT_TEXT = (
    (b"PK\x03\x04", "This is an Excel or OpenDocument workbook. Save the sheet as “CSV UTF-8” and send that."),
    (b"\xd0\xcf\x11\xe0", "This is an old Excel workbook. Save the sheet as “CSV UTF-8” and send that."),
    (b"%PDF", "This is a PDF. Save the table as “CSV UTF-8” and send that."),
)
_NOT_CLOSED = "a quotation mark is opened and not closed, or something stands right behind a closed one"
_TOO_LONG = "a cell is far too long, perhaps because a quotation mark is opened and not closed"
SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab"}


class NotACohort(ValueError):
    """A file that cannot be read as a table at all; the message says why and what to do. It repeats no cell."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of cells, and the line of the file on which it begins (the first is 1)."""

    number: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class TableText:
    """A file as text, and how it was understood."""

    text: str
    encoding: str
    separator: str
    remarks: tuple[Remark, ...]

    def lines(self) -> Iterator[Line]:
        """Every line that holds anything, one at a time. Raises NotACohort where quotes are not closed."""
        reader = csv.reader(io.StringIO(self.text, newline=""), delimiter=self.separator, strict=True)
        before = 0
        try:
            for cells in reader:
                if len(cells) > MOST_COLUMNS:
                    raise NotACohort(f"Line {before + 1} has more than {MOST_COLUMNS} cells.")
                if any(cell.strip() for cell in cells) and not (before == 0 and _names_separator(cells, self.text)):
                    yield Line(before + 1, cells)
                before = reader.line_num
        except csv.Error as error:
            where = f"From line {before + 1} on the file cannot be read as a table"
            raise NotACohort(f"{where}: {_TOO_LONG if 'limit' in str(error) else _NOT_CLOSED}.") from error


def open_table(content: bytes) -> TableText:
    """A file's text. Raises NotACohort for what is none, with what to do about it."""
    if len(content) > MOST_BYTES:
        raise NotACohort(f"The file has more than {MOST_BYTES // 2**20} MiB. Send it in parts.")
    for mark, advice in _NOT_TEXT:
        if content.startswith(mark):
            raise NotACohort(advice)
    text, encoding, remarks = _decoded(content)
    if not text.strip():
        raise NotACohort("The file is empty. The first line names the columns; the template shows them.")
    return TableText(text, encoding, _separator(text), remarks)


def _decoded(content: bytes) -> tuple[str, str, tuple[Remark, ...]]:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            try:
                return content.decode(encoding), encoding, ()
            except UnicodeDecodeError as error:
                raise NotACohort("The file says that it is Unicode, and is damaged. Save it anew as UTF-8.") from error
    try:
        return content.decode("utf-8"), "utf-8", ()
    except UnicodeDecodeError:
        pass
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError as error:
        raise NotACohort("The file is no text in UTF-8. Save the sheet as “CSV UTF-8” and send that.") from error
    warning = "This is not UTF-8. It was read as Windows-1252, a guess: look at the letters with accents."
    return text, "cp1252", (Remark(Level.WARNING, "", warning),)


def _separator(text: str) -> str:
    """As Excel's own first line (`sep=;`) says, else what parts the first line that holds anything."""
    first = next(line for line in io.StringIO(text) if line.strip())
    if first.lower().startswith("sep=") and first[4:5] in SEPARATORS:
        return first[4]
    outside = "".join(first.split('"')[::2])
    return max(SEPARATORS, key=outside.count)


def _names_separator(cells: list[str], text: str) -> bool:
    return cells[0].lower().startswith("sep=") and text.lstrip()[:4].lower() == "sep="
