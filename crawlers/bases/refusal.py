"""A thing that a source showed and we did not take, with the reason: silence is the worst failure.

Refusals are yielded like drafts, counted by their reason and shown in the crawl's report.
"""

from dataclasses import dataclass

from pydantic import ValidationError

ROUNDUP = "roundup"
NOT_FOR_A_PERSON = "not for a person"
ARTICLE = "article"
NO_KIND = "none of the four kinds"
OFF_TOPIC = "about something else"


@dataclass(frozen=True, slots=True)
class Refusal:
    """One refused thing. `reason` begins with one of this module's words, or with "invalid:"."""

    source: str
    key: str
    url: str
    title: str
    reason: str

    @property
    def sort(self) -> str:
        """The reason without its particulars, to count by."""
        return self.reason.split(":", 1)[0]


def invalid(error: ValidationError) -> str:
    """Say in one line what was wrong with a draft, without repeating the values themselves."""
    parts = [".".join(str(step) for step in problem["loc"]) or "draft" for problem in error.errors()]
    texts = [problem["msg"] for problem in error.errors()]
    return "invalid: " + "; ".join(f"{part}: {text}" for part, text in zip(parts, texts, strict=True))
