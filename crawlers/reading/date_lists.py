"""Dates that are written together: the two ends of a range, and a list with one year for all."""

import re
from dataclasses import replace

from crawlers.reading.calendar_words import WEEKDAY
from crawlers.reading.date_patterns import DASH
from crawlers.reading.mentions import Mention

_IN_BRACKETS = rf"(?:\s?[(（](?:{WEEKDAY}|[^\W\d_]{{1,3}}|(?:周|星期|礼拜|週).)\.?[)）])?"
_HOUR = r"\d{1,2}(?:\s?[:：.h]\s?\d\d\s*(?:[ap]\.?m\.?|uhr|hrs?|h|分)?|\s?(?:[ap]\.?m\.?|uhr|hrs?|h|時|点|시))"
_AT = rf"(?:[,\s]\s*(?:at|à|um|ab|a las|alle|ore|às|kl\.?|om)?\s*{_HOUR}|{_HOUR})?"
_JOINS_RANGE = re.compile(
    rf"{_IN_BRACKETS}{_AT}"
    rf"\s*(?:(?:,|\()?\s*(?:{DASH}|－|to|through|thru|until|till|up to|bis|bis zum|au|jusqu['’]au|al|a|à|até|hasta|tot"
    rf"|tot en met|t/m|по|до|sampai|hingga|s/d|do|til|–|から|より|至|到|부터)|)\s*(?:the|den|le|el)?\s*"
    rf"(?:[^\W\d_]{{2,3}}(?:\.,?|,)\s*)?",
    re.I,
)
"""What stands between the two ends of a range; either may have its weekday and its hour with it."""
_LONGEST_GAP = 40
_JOINS_BETWEEN = re.compile(r"\s*(?:and|und|et|y|e|en|и)\s*(?:the\s+)?", re.I)
_BETWEEN = re.compile(r"\b(?:between|zwischen|entre|tussen|между)\s*(?:the\s+)?$", re.I)
_JOINS_LIST = re.compile(
    r"\s*(?:,|;|/|&|and|or|und|oder|et|ou|y|o|e)(?:\s*(?:and|or|und|et|y|e)\b)?\s*(?:the\s+)?", re.I
)


def join_ranges(text: str, mentions: list[Mention]) -> list[Mention]:
    """Make one mention of the two ends of a range: "1 March to 1 May 2027"."""
    joined: list[Mention] = []
    for mention in mentions:
        before = joined[-1] if joined else None
        if before is not None and before.begins is None and mention.begins is None and _is_range(text, before, mention):
            year = mention.year or before.year
            joined[-1] = replace(mention, start=before.start, year=year, begins=(before.year, before.month, before.day))
        else:
            joined.append(mention)
    return joined


def _is_range(text: str, first: Mention, last: Mention) -> bool:
    gap = text[first.end : last.start]
    if len(gap) > _LONGEST_GAP or (first.day == 0) != (last.day == 0) or first.ambiguous != last.ambiguous:
        return False
    if first.year and last.year and (first.year, first.month, first.day) >= (last.year, last.month, last.day):
        return False
    if first.year and not last.year and (first.month, first.day) >= (last.month, last.day):
        return False
    if _JOINS_RANGE.fullmatch(gap):
        return bool(gap.strip()) or (first.year is None and last.year is not None)
    return bool(_JOINS_BETWEEN.fullmatch(gap) and _BETWEEN.search(text[max(0, first.start - 20) : first.start]))


def share_years(text: str, mentions: list[Mention]) -> list[Mention]:
    """Give "1 March, 1 June and 1 October 2027" its one year three times."""
    shared = list(mentions)
    for index in range(len(shared) - 2, -1, -1):
        here, after = shared[index], shared[index + 1]
        in_order = (here.month, here.day) <= (after.month, after.day)
        if here.year is not None or after.year is None or not in_order:
            continue
        if _JOINS_LIST.fullmatch(text[here.end : after.start]):
            shared[index] = replace(here, year=after.year, inherited=True)
    return shared
