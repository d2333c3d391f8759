"""Phrases kept as data and found in text in any case; each list of `data/*.toml` is one pattern.

Unlike `crawlers.reading.patterns.Wording` these say themselves where a word must begin and end,
since many stand at the end of a clause, and some languages write no blanks.
"""

import re
from functools import cache

from crawlers.reading.patterns import table


@cache
def phrase(name: str, key: str) -> re.Pattern[str]:
    """The alternatives of the list `key` in `data/<name>.toml`, compiled when first used.

    `{words}` in an alternative stands for the table's entry of that name.
    """
    entries = table(name)
    pattern = "|".join(entries[key])
    for word, value in entries.items():
        if isinstance(value, str):
            pattern = pattern.replace(f"{{{word}}}", value)
    return re.compile(pattern, re.IGNORECASE | re.MULTILINE)
