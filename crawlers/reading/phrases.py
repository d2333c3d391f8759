"""Phrases kept as data and found in text in any case; each list of `data/*.toml` is one pattern.

Unlike `crawlers.reading.patterns.Wording` these say themselves where a word must begin and end,
since many stand at the end of a clause, and some languages write no blanks.
"""

import re
from functools import cache

from crawlers.reading.patterns import Wording, table


@cache
def phrase(name: str, key: str) -> Wording:
    """The alternatives of the list `key` in `data/<name>.toml`, compiled when first used.

    `{words}` in an alternative stands for the table's entry of that name.
    """
    entries = table(name)
    named = {f"{{{word}}}": value for word, value in entries.items() if isinstance(value, str)}
    return Wording((_filled(one, named) for one in entries[key]), begins=False, ends=False, flags=re.MULTILINE)


def _filled(alternative: str, named: dict[str, str]) -> str:
    for word, value in named.items():
        alternative = alternative.replace(word, value)
    return alternative
