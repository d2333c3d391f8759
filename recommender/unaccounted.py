"""What stands in a condition on years and was not accounted for when they were read: then nobody is told yes or no.

Years are read by their words alone: how many, from what, at most or at least. A "not" elsewhere in the sentence,
another number, another degree than facts tell of, or another subject than the applicant may turn all of it round.
Whoever meets one of these is asked instead. The words stand in `recommender/data/spans.toml` under `unaccounted`.
"""

import re
from functools import cache, lru_cache

from recommender.span_patterns import NUMBERS, any_of, compiled
from recommender.spans import Span, spans_in, without_spans
from recommender.study_years import names_a_year_of_study, study_years_in, without_study_years

_ANYWHERE = ("of_another", "another_degree", "not_yet")
"""Words that leave open of whom, of which degree or of which time a number of years is said."""
_A_YEAR = re.compile(r"(?<![\w.])(?:19|20)\d\d(?!\w)")


@lru_cache(maxsize=20_000)
def is_unaccounted_for(quote: str) -> bool:
    """Whether a condition on years holds words that its reading passed over and that may change its verdict."""
    spans = spans_in(quote)
    if not spans:
        return _is_of_other_years_of_study(quote)
    return (
        any(_negations(quote, span) for span in spans)
        or any(compiled("unaccounted", name).search(quote) for name in _ANYWHERE)
        or _is_of_other_years(without_spans(quote))
        or bool(compiled("refusing", "refused").search(quote) and study_years_in(without_spans(quote)))
        or _is_of_other_years_of_study(without_spans(quote))
    )


def _negations(quote: str, span: Span) -> bool:
    """Whether a "not" before the years was not plainly read as one."""
    found = [one for one in compiled("unaccounted", "negations").finditer(quote) if one.start() < span.bound_at]
    return len(found) != span.negated


def _is_of_other_years(rest: str) -> bool:
    """Whether what is left without the years that were read gives a number of years or a year again."""
    return bool(_A_YEAR.search(rest) or _number_of_years().search(rest))


def _is_of_other_years_of_study(rest: str) -> bool:
    """Whether more than one year of study is named and not all of them were read."""
    return study_years_in(rest) is not None and names_a_year_of_study(without_study_years(rest))


@cache
def _number_of_years() -> re.Pattern[str]:
    words = "|".join(sorted((word for word in NUMBERS if len(word) > 2), key=len, reverse=True))
    return re.compile(rf"(?<![\w.])(?:\d{{1,2}}|{words})\s+{any_of('words', 'unit')}(?!\w)", re.IGNORECASE)
