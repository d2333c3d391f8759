"""What a crawl is told to do: everything it needs, handed over in one piece, since it reads no settings itself."""

import datetime as dt
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import AwareDatetime, BaseModel, Field, model_validator

from catalog.logs import LogFormat


class CrawlOrder(BaseModel):
    """One crawl. It travels to the crawl's process as JSON on standard input, so no secret is on a command line."""

    database_url: str
    data_dir: Path
    sources: list[str] = Field(default_factory=list)  # none named: all of them
    as_of: AwareDatetime | None = None  # the moment to read for; none: now
    contact: str
    needed: dict[str, str] = Field(default_factory=dict)  # values of the settings that sources need
    sample_web_port: int | None = None
    left_out: dict[str, str] = Field(default_factory=dict)  # sources that take no part here, and why
    environment: Literal["production", "demo", "test"] = "production"
    archive_days: int = 30
    log_format: LogFormat = "text"
    max_minutes: float | None = None
    part: bool = False  # one source's part of a divided crawl under way, and no crawl of its own
    accept: bool = False  # a person has looked: what is found now is the new normal of the named sources
    minimum_free_bytes: int | None = None  # below which a crawl does not begin; none: `beginning.room_needed`
    patience_seconds: float = 60.0  # for which a locked or absent database is waited for
    spider_modules: list[str] = Field(default_factory=lambda: ["crawlers.sources"])
    overrides: dict[str, Any] = Field(default_factory=dict)  # crawler settings; refused in production

    @model_validator(mode="after")
    def _production_is_as_tested(self) -> Self:
        if self.environment == "production" and (self.sample_web_port is not None or self.overrides):
            raise ValueError("sample mode and other crawler settings are for the demo and the tests")
        return self

    @model_validator(mode="after")
    def _accepts_by_name(self) -> Self:
        if self.accept and not self.sources:
            raise ValueError("name the sources whose new normal you accept")
        return self

    @model_validator(mode="after")
    def _a_part_is_of_one_source(self) -> Self:
        if self.part and (len(self.sources) != 1 or self.accept):
            raise ValueError("a part of a divided crawl is of one source, as the crawl was ordered")
        return self

    @property
    def moment(self) -> dt.datetime:
        """The moment to read for."""
        return self.as_of or dt.datetime.now(dt.UTC)
