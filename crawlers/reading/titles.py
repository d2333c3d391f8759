"""Whether those whom a call's title names may apply, or are what it is about, where its text lets others in."""

import re
from collections.abc import Iterator

from catalog.drafts import Requirement
from catalog.words import Profession, RequirementType
from crawlers.reading.applicants import Statement
from crawlers.reading.career_mentions import Career
from crawlers.reading.sentences import clip

Named = tuple[Career, Statement]
"""A stage or profession with the sentence that names it."""
_PLAINLY = re.compile(
    r"\b(?:open (?:only )?to|limited to|restricted to|eligible"
    r"|(?:may|can) (?:apply|submit|register|enter|attend)(?! (?:through|via|by|at)\b)"
    r"|applicants must be|reserved for)\b",
    re.IGNORECASE,
)


def first_line(statements: list[Statement]) -> str:
    """What stands above plain text as a title does: no sentence."""
    first = statements[0].text if len(statements) > 1 else ""
    return "" if first.endswith((".", ":", "!", ";")) else first


def others_may(career: Career, wanted: list[Named], title: str) -> bool:
    """Whether the text plainly lets others in than those of the title, and does not name these.

    What a title names may be what the offer is about: "Course on Nurses in Leadership. Open to physicians."
    """
    below = [(other.value, own) for other, own in wanted if own.text != title and own.bears]
    if any(value is career.value for value, _ in below):
        return False
    of_any_kind = (
        career.value is Profession.HEALTH_PROFESSIONAL
    )  # "for Clinicians", where the part on who may says whom
    return any((of_any_kind and own.in_section) or _PLAINLY.search(own.text) for _, own in below)


def besides(doubtful: list[Named], wanted: list[Named]) -> Iterator[Requirement]:
    """A title's profession beside stages in the text, or the other way round: are both needed?"""
    for career, statement in doubtful:
        of_kind = [pair for pair in wanted if type(pair[0].value) is type(career.value) and pair not in doubtful]
        if not of_kind:
            yield Requirement(type=RequirementType.OTHER, quote=clip(statement.text, career.start, career.end))
