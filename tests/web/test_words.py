"""The catalogues: no word missing in a language, none left over, and none written where it cannot be translated."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from catalog.audited import AuditAction
from web import static_folder
from web.modules import with_imports

ASSETS = static_folder() / "assets"
FILES = sorted((ASSETS / "words").glob("*.json"))


def read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((ASSETS / "words" / f"{name}.json").read_text("utf-8"))
    return found


EVERYDAY = read("en")
ENGLISH = EVERYDAY | read("en.office")
MODULES = {
    str(path.relative_to(ASSETS)): re.sub(r"/\*.*?\*/|(?<=\s)// [^\n]*", "", path.read_text("utf-8"), flags=re.DOTALL)
    for path in sorted(ASSETS.rglob("*.js"))
}
CODE = "\n".join(MODULES.values())
NAMES = {"Opportune", "https://"}
READ_ALOUD = "aria-label|aria-description|title|alt|placeholder|label|hint|what|words|caption"
"""Attributes and properties whose values people read or hear."""


def placeholders(entry: str | dict[str, str]) -> set[str]:
    forms = [entry] if isinstance(entry, str) else list(entry.values())
    return {name for form in forms for name in re.findall(r"\{(\w+)\}", form)}


def test_the_page_speaks_english_and_spanish_each_with_words_for_the_day_and_for_the_office() -> None:
    assert [path.stem for path in FILES] == ["en", "en.office", "es", "es.office"]
    assert len(ENGLISH) == len(EVERYDAY) + len(read("en.office")), "no key stands in both"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_catalogue_has_the_same_keys_with_the_same_values_in_the_same_order(path) -> None:
    words = json.loads(path.read_text("utf-8"))
    assert list(words) == list(read("en" + path.stem[2:]))
    differing = [key for key in words if placeholders(words[key]) != placeholders(ENGLISH[key])]
    assert differing == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_plural_has_the_forms_of_its_language(path) -> None:
    needed = {"en": {"one", "other"}, "es": {"one", "many", "other"}}[path.stem[:2]]
    words = json.loads(path.read_text("utf-8"))
    assert [key for key, entry in words.items() if isinstance(entry, dict) and set(entry) != needed] == []
    assert [key for key in words if isinstance(words[key], dict) != isinstance(ENGLISH[key], dict)] == []


def test_no_sentence_is_left_in_english() -> None:
    """A sentence of four words that reads the same in both languages was not translated."""
    spanish = read("es") | read("es.office")
    same = [
        key for key, entry in spanish.items() if entry == ENGLISH[key] and len(re.findall(r"[a-z]{2,}", str(entry))) > 3
    ]
    assert [key for key in same if placeholders(ENGLISH[key]) == set()] == []


def used(code: str) -> set[str]:
    """The keys that the code names, whole or by their beginning."""
    literal = set(re.findall(r"[\"'`]([\w.-]+)[\"'`]", code))
    beginnings = set(re.findall(r"`([\w.-]+\.)\$\{", code)) | {
        f"{name}." for name in re.findall(r"named\(\"([\w.-]+)\"", code)
    }
    return {key for key in ENGLISH if key in literal or key.startswith(tuple(beginnings))}


def test_no_word_is_unused() -> None:
    assert [key for key in ENGLISH if key not in used(CODE)] == []


def test_a_view_finds_its_words_without_those_of_the_office_unless_it_says_so() -> None:
    routes = re.findall(r"\{ pattern: .*?( office: true,)? load: \(\) => import\(\"\./([^\"]+)\"\)", CODE)
    day = {view for office, view in routes if not office}
    assert {"views/today.js", "views/mentee.js", "views/reply.js"} <= day
    fetched = {f"parts/{name}" for name in re.findall(r"import\(\"\./(\w+\.js)\"\)", CODE)}
    needed = with_imports([f"assets/{name}" for name in ("main.js", *day, *fetched)])
    code = "\n".join(MODULES[name.removeprefix("assets/")] for name in needed)
    assert used(code) - set(EVERYDAY) == set()


def test_no_word_is_missing() -> None:
    """`tsc` checks each call of `t` against the catalogue; this finds it without Node."""
    asked = re.findall(r"\b(?:t|rich)\(\s*\"([^\"]+)\"", CODE)
    assert len(asked) > 100
    assert sorted({key for key in asked if key not in ENGLISH}) == []


def test_every_deed_in_the_record_has_words() -> None:
    """What the service notes of who did what, as the page's Record shows it."""
    assert len(AuditAction) > 50
    assert sorted(deed for deed in AuditAction if f"deed.{deed}" not in ENGLISH) == []


def templates(source: str) -> Iterator[str]:
    """The text of each template literal after `html`, the nested ones by themselves, each value as ␀."""
    for start in (found.end() for found in re.finditer(r"html`", source)):
        text, at, depth = [], start, 0
        while depth or source[at] != "`":
            if not depth and source.startswith("${", at):
                depth, at = 1, at + 2
                text.append("␀")
            elif depth:
                at, depth = _skipped(source, at, depth)
            else:
                text.append(source[at])
                at += 1
        yield "".join(text)


def _skipped(source: str, at: int, depth: int) -> tuple[int, int]:
    """One step through a value: over strings and nested templates, counting braces."""
    if source[at] in "\"'":
        return source.index(source[at], at + 1) + 1, depth
    if source[at] == "`":
        return _after_template(source, at + 1), depth
    return at + 1, depth + {"{": 1, "}": -1}.get(source[at], 0)


def _after_template(source: str, at: int) -> int:
    while source[at] != "`":
        if source.startswith("${", at):
            at, depth = at + 2, 1
            while depth:
                at, depth = _skipped(source, at, depth)
        else:
            at += 1
    return at + 1


def raw_words(template: str) -> list[str]:
    """Words that stand in a template for people to read: between tags, or in attributes that are read aloud."""
    between = re.sub(r"<[^<>]*>", "\n", template)
    aloud = re.findall(rf"\s(?:{READ_ALOUD})=\"([^\"␀]*)\"", template)
    return [
        words.replace("␀", "").strip() for words in [*between.split("\n"), *aloud] if re.search(r"[^\W\d_]{2,}", words)
    ]


def test_a_raw_word_is_found_wherever_it_hides() -> None:
    source = 'x = html`<p title="Old ${a}">${b ? html`<i>Inner</i>` : t("c")} words</p><b alt="Pic" class="row" />`'
    assert [raw_words(template) for template in templates(source)] == [["words", "Pic"], ["Inner"]]


@pytest.mark.parametrize("name", sorted(MODULES))
def test_no_module_holds_raw_text(name: str) -> None:
    source = MODULES[name]
    found = [words for template in templates(source) for words in raw_words(template) if words not in NAMES]
    said = re.findall(rf"\b(?:say|announce)\(\s*[\"`]([^\"`]*)|\b(?:{READ_ALOUD}):\s*\"([A-Z][^\"]*)\"", source)
    prose = re.findall(r"\"([A-Z][a-z]+ [a-z][^\"]*)\"", source)
    assert found + ["".join(one) for one in said] + prose == []


def test_styles_follow_the_direction_of_the_writing() -> None:
    """No left and right but by name of the side where a line begins or ends."""
    style = re.sub(r"/\*.*?\*/", "", (ASSETS / "style.css").read_text("utf-8"), flags=re.DOTALL)
    physical = r"(?:(?:margin|padding|border|inset)-(?:left|right)|(?<![\w-])(?:left|right)\s*:|text-align:\s*(?:left|right)|float:\s*(?:left|right))"
    assert re.findall(physical, style) == []
