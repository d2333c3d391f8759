"""Items of a list of which one suffices, though they ask for things of unlike kinds: "hold a PhD, or / be a nurse".

Requirements of unlike kinds are all asked for; where a line says "or" between them that would shut out whoever
meets one. Such lines are kept as their words, for a person to read.
"""

import re
from itertools import pairwise, takewhile

from catalog.drafts import Requirement
from catalog.words import RequirementType
from crawlers.reading.applicants import Statement
from crawlers.reading.wordings import Seldom

_OR_AT_THE_END = re.compile(r"\b(?:or|ou|oder|o)\W*$", re.IGNORECASE)
_TAIL = 60
"""Characters at the end of a line in which its last word stands."""
_OR_AT_THE_START = re.compile(
    r"\W*(?:or|ou|oder|o bien|also (?:open|eligible|welcome|invited|admitted|accepted)|open also)\b", re.IGNORECASE
)
_EACH_IS_A_WAY_IN = Seldom(
    r"\b(?:(?:limited|restricted|open|available|offered|reserved) (?:only )?(?:to|for)(?: the following)?"
    r"|(?:one|any|either) of (?:the following|these)(?: [\w ]{0,40})?|the following may apply|either)\s*:\W*$",
)
_ITEM = re.compile(r"\s*(?:[-*–•·]|\(?\w{1,2}[.)])\s")
_OPENS_A_LIST = re.compile(r":\W*$")


def is_joined(before: str, text: str) -> bool:
    """Whether a line is another way in beside the line before it."""
    return bool(_OR_AT_THE_END.search(before, max(0, len(before) - _TAIL)) or _OR_AT_THE_START.match(text))


def with_either(statements: list[Statement], found: list[Requirement]) -> list[Requirement]:
    """The requirements, with those of lines joined by "or" kept as words where they are of unlike kinds."""
    loose: set[Requirement] = set()
    for lines in _joined(statements):
        own = [one for one in found if any(one.quote in line or line in one.quote for line in lines)]
        groups = {one.alternative for one in own}
        if own and (len(groups) > 1 or groups == {None}):
            loose.update(own)
    return [_as_words(one) if one in loose else one for one in found]


def _joined(statements: list[Statement]) -> list[list[str]]:
    """The lines of every list that an "or" at the start or end of a line parts."""
    texts = [statement.text for statement in statements]
    lists = []
    for at, (before, text) in enumerate(pairwise(texts), start=1):
        if is_joined(before, text):
            lists.append([*_list_before(texts[:at]), text])
    return lists + _ways_in(texts)


def _ways_in(texts: list[str]) -> list[list[str]]:
    """The items of every list of which the line above says that each is a way in: "open to:"."""
    lists = []
    for at, text in enumerate(texts):
        if _EACH_IS_A_WAY_IN.search(text):
            items = list(takewhile(_ITEM.match, texts[at + 1 :]))
            lists += [items] if items else []
    return lists


def _list_before(texts: list[str]) -> list[str]:
    """The lines back to the one that opens the list."""
    lines: list[str] = []
    for text in reversed(texts):
        if _OPENS_A_LIST.search(text):
            break
        lines.append(text)
        if len(lines) == 1 and text.endswith(".") and not _OR_AT_THE_END.search(text):
            break  # no list but sentences: only the last is meant
    return lines


def _as_words(requirement: Requirement) -> Requirement:
    if requirement.excludes:
        return requirement
    return Requirement(type=RequirementType.OTHER, quote=requirement.quote)
