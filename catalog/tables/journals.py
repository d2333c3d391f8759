"""What registers say of the journals that call for papers, as last asked."""

import datetime as dt

from sqlmodel import Field

from catalog.columns import Json
from catalog.tables.base import Instant, Table


class JournalRecord(Table, table=True):
    """One journal by its name, with what DOAJ and Crossref know of it. None: not known, which is not "no"."""

    key: str = Field(primary_key=True, max_length=300)  # `catalog.journals.journal_key` of its name
    title: str = ""  # as the call names it
    issns: list[str] = Field(default_factory=list, sa_type=Json)
    in_doaj: bool | None = None
    doaj_id: str = Field(default="", max_length=64)
    publisher: str = ""
    institution: str = ""  # the society or institution that DOAJ names beside the publisher
    charges: bool | None = None  # an article charge, as DOAJ says
    charge: float | None = None  # the highest, in `currency`
    currency: str = Field(default="", max_length=3)
    weeks: int | None = None  # from submission to publication, as DOAJ says
    in_crossref: bool | None = None
    works: int | None = None  # articles registered with Crossref
    validators: dict[str, str] = Field(default_factory=dict, sa_type=Json)  # ETag by register
    asked_at: dt.datetime | None = Field(default=None, sa_type=Instant)
    answered_at: dt.datetime | None = Field(default=None, sa_type=Instant)
    failure: str = ""  # why the last asking gave nothing
