"""A cohort's file: what it would do, row by row, and what there is to say about it."""

from pydantic import Field

from api.languages import Said
from api.schemas.shapes import Answer
from catalog.cohort.plans import Action
from catalog.cohort.remarks import Level


class RemarkView(Answer):
    """One thing to say about a file, a row or a cell."""

    level: Level = Field(
        description="`problem`: the row is left out. `warning`: look at it. `read_as`: so it was understood"
    )
    column: str = Field(description="The column as we call it; empty for the whole row", examples=["stage"])
    detail: Said = Field(examples=["“medcal student” is not one of the words. Did you mean medical_student?"])


class ImportChange(Answer):
    """One thing of a mentee that becomes another."""

    column: str = Field(examples=["residence"])
    before: str = Field(description="Empty: not known, or not there", examples=["KE"])
    after: str = Field(description="Empty: not known", examples=["NL"])


class ImportRow(Answer):
    """What one row does."""

    line: int = Field(description="The line of the file on which it begins; the first names the columns", examples=[2])
    action: Action
    name: str = Field(examples=["Amina Example"])
    mentee_id: str | None = Field(description="Whom it is about, if they are there already")
    changes: list[ImportChange]
    remarks: list[RemarkView]


class ImportCounts(Answer):
    """How many rows do what."""

    new: int
    update: int
    unchanged: int
    cannot: int


class ImportView(Answer):
    """What a file does to a programme's mentees: shown before, or done."""

    applied: bool = Field(description="false: nothing was changed, this is what would be")
    mark: str = Field(
        description="Send the same file with `apply` set to this to do exactly what is shown",
        examples=["0f3b7c2a9d5e41680f3b7c2a9d5e4168"],
    )
    programme_id: str | None = Field(description="null: your first programme will be made")
    encoding: str = Field(description="How the file was read", examples=["utf-8"])
    separator: str = Field(examples=["comma"])
    columns: list[str] = Field(description="Those that were recognised, in the order of the file")
    counts: ImportCounts
    remarks: list[RemarkView] = Field(description="About the whole file")
    rows: list[ImportRow] = Field(description="Every row, at most 10,000")
