"""Is a funder's grant for a person, or for an institution?

The activity code decides where there is one (NIH, "Activity Codes"): F and most K are a person's, R,
T, U and P an institution's. Elsewhere the words do: "Postdoctoral Research Fellowships" are for a
person, a "Training Grant" or a consortium's action is not. What neither settles is None.
"""

import re

from crawlers.reading.patterns import words

_LONGEST = 20_000
_PERSONS_NUMBER = re.compile(r"-PF-|\bMSCA-PF\b")
"""Marie Skłodowska-Curie postdoctoral fellowships (EU Funding & Tenders topic identifiers)."""
_INSTITUTIONS_NUMBER = re.compile(r"-(?:DN|SE|COFUND|CITIZENS)-|\bHORIZON-(?!MSCA)")


def for_a_person(title: str, number: str = "", text: str = "") -> bool | None:
    """Whether a grant is one that a person applies for in their own training or research.

    `number` is the funder's own ("PA-23-272", "HORIZON-MSCA-2026-PF-01"), `text` its description.
    False: an institution or consortium applies. None: the words do not settle it.
    """
    if _PERSONS_NUMBER.search(number):
        return True
    if _INSTITUTIONS_NUMBER.search(number):
        return False
    institutions = bool(words("grants", "institutions_codes").search(title))
    if words("grants", "persons_codes").search(title) and not institutions:
        return True
    if institutions or words("grants", "institutions_words").search(title):
        return False
    if words("grants", "persons_words").search(title) or words("grants", "persons_text").search(text[:_LONGEST]):
        return True
    return False if words("grants", "institutions_text").search(text[:_LONGEST]) else None
