"""The forms in which pages write dates, as regular expressions with the same group names.

`first` and `last` are days of the month (of a range within one), `month` is a name or a number,
`weekday`, `weekday_b` and `weekday_after` are names of weekdays before and after the date.
"""

import re

from crawlers.reading.calendar_words import MONTH, WEEKDAY

_YEAR = r"(?:19|20)\d\d"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_ORDINAL = r"(?:\s?-?(?:st|nd|rd|th|er|ème|eme|º|ª|°|ste|de|го|-?го|:?e|\.)(?![^\W\d_]))?"
DASH = r"[-–—−‐‑~～〜]"
_WEEKDAY_BEFORE = (
    rf"(?:(?P<weekday>(?<![^\W\d_]){WEEKDAY})\b\.?(?:\s*,|\s*\|)?\s+|\b(?P<weekday_b>{WEEKDAY})\.?\s*,\s*)?"
)
_WEEKDAY_INSIDE = rf"(?:{WEEKDAY}\b\.?,?\s+)?"
_HOUR_WORDS = r"(?:noon|midnight|hrs?\b|hours|uhr|h\b|o['’]clock)"
_SHORT_YEAR = r"['’]\d\d(?!\d)"
_WEEKDAY_AFTER = rf"(?:\s*[,(]\s*(?P<weekday_after>{WEEKDAY})\b\.?\)?)?"

MONTH_FIRST = re.compile(
    rf"{_WEEKDAY_BEFORE}(?<![^\W\d_])(?P<month>{MONTH})(?![^\W\d_])\.?[\s,]{{0,3}}-?(?:the\s+|le\s+)?"
    rf"(?P<first>{_DAY}){_ORDINAL}(?![\d:])"
    rf"(?:(?:\s*(?:{DASH}|to|through|until|and|or|&|/|,)\s*{_WEEKDAY_INSIDE}|(?P<blank>\s{{1,4}}))"
    rf"(?P<last>{_DAY}){_ORDINAL}(?![\d:,]\d|\d|\s*(?:{MONTH}|[ap]\.?\s?m\b|{_HOUR_WORDS})))?"
    rf"(?:\s*(?:\(\s*{WEEKDAY}\.?\s*\))?[\s,.\-]{{0,3}}(?:of\s+|de\s+)?(?P<year>{_YEAR}(?!\d)|{_SHORT_YEAR}))?{_WEEKDAY_AFTER}",
    re.I,
)
DAY_FIRST = re.compile(
    rf"{_WEEKDAY_BEFORE}(?:\b(?:the|den|dem|der|le|el|il|o|dia|de)\s+)?(?<!\d:)(?<![\d.,/$€£])(?P<first>{_DAY}){_ORDINAL}"
    rf"(?:(?:\s*(?:{DASH}|to|through|until|and|or|&|/|,|y|et|und|e|i|og|och|bis|al|au|a|до|по)\s*{_WEEKDAY_INSIDE}|(?P<blank>\s{{1,4}}))"
    rf"(?P<last>{_DAY}){_ORDINAL})?"
    rf"\s*(?:,?\s*\(?{WEEKDAY}\)?[.,]?\s+)?(?P<of>of\s+|de\s+|d['’]\s?|del\s+|-|/|,\s)?\s*(?P<month>{MONTH})(?![^\W\d_])\.?"
    rf"(?:\s?\([^\W\d_]{{3,10}}\))?(?:[\s,./\-]{{0,3}}(?:de\s+|del\s+|of\s+)?(?P<year>{_YEAR}(?!\d)|{_SHORT_YEAR}|(?<=[-/])\d\d(?!\d)))?{_WEEKDAY_AFTER}",
    re.I,
)
YEAR_FIRST = re.compile(
    rf"(?<![\d/.\-])(?P<year>{_YEAR})(?:(?P<separator>[-/.])(?P<month>1[0-2]|0?[1-9])(?P=separator)(?P<first>{_DAY})(?![\d/]|-\d)"
    rf"|\s*[年년]\s*(?P<month_cjk>1[0-2]|0?[1-9])\s*[月월]\s*(?P<first_cjk>{_DAY})\s*[日일号號]"
    rf"|[.,]?\s+(?P<month_name>{MONTH})\.?\s+(?P<first_name>{_DAY}){_ORDINAL}(?![\d:]))",
    re.I,
)
NUMERIC = re.compile(
    rf"{_WEEKDAY_BEFORE}(?<![\d/.,\-$€£])(?:(?P<from>{_DAY})\.?\s?{DASH}\s?)?(?P<a>\d{{1,2}})(?P<separator>\s?[./\-])\s?"
    rf"(?P<b>\d{{1,2}})(?P=separator)\s?(?P<year>{_YEAR}|\d\d)(?![\d/\-]|[.,]\d)",
    re.I,
)
NUMBERS = re.compile(r"\d\s?[./\-]\s?\d{1,2}\s?[./\-]\s?\d\d")
DOTTED_WITHOUT_YEAR = re.compile(r"(?<![\d.,/])(?P<first>\d{1,2})\.\s?(?P<month>1[0-2]|0?[1-9])\.(?!\s?\d)")
VIETNAMESE = re.compile(rf"(?P<first>{_DAY})\s+tháng\s+(?P<month>1[0-2]|0?[1-9])(?:\s+năm\s+(?P<year>{_YEAR}))?", re.I)
IMPERIAL = re.compile(
    rf"(?:令和\s?(?P<reign>元|\d{{1,2}})\s?年\s?|(?<![年년\d/])(?<![年년]\s))"
    rf"(?P<month>1[0-2]|0?[1-9])\s?[月월]\s?(?P<first>{_DAY})\s?[日일号號]"
)
"""A day of Japan's present reign (令和9年1月29日), or without any year (1月29日)."""
MONTH_YEAR = re.compile(
    rf"(?:(?P<rough>early|mid|late|beginning of|end of|start of|anfang|mitte|ende|début|fin|mediados de|finales de)"
    rf"[\s-]+)?"
    rf"(?<![^\W\d_])(?P<month>{MONTH})(?![^\W\d_])\.?\s?,?\s+(?:de\s+|del\s+|of\s+)?(?P<year>{_YEAR})(?!\d)",
    re.I,
)
