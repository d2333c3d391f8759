"""The clauses of a sentence that a semicolon parts, where each says something for itself.

"Residents may apply; students may not" says of each what it says, and the words of one are no doubt about the other.
"Not restricted to nurses; physicians may apply" is said of both at once, and stays whole.
The items of a list that a semicolon parts ("a nurse; a citizen of Kenya") are no clauses.
"""

import re

from crawlers.reading.taken_back import opens_further

_SEMICOLON = re.compile(r"\s?;\s+")
_VERB = re.compile(
    r"(?<!^)\b(?:is|are|may|can|cannot|must|should|will|needs?|do|does|ha(?:s|ve)|appl(?:y|ies)|receives?"
    r"|faut|importe|convient|hay|basta|gen[üu]gt|reicht|gilt|gibt|spielt|richtet|wendet|steht"
    r"|es|son|pueden?|podr[áa]n?|deben?|deber[áa]n?|ser[áa]n?|quedan?|tienen?|est[áa]n?"
    r"|est|sont|peu(?:t|vent)|doi(?:t|vent)|ont|rel[èe]vent"
    r"|[ée]|s[ãa]o|podem?|devem?|t[êe]m|est[ãa]o"
    r"|ist|sind|k[aö]nn(?:en)?|muss|m[üu]ssen|d[aü]rf(?:en)?|wird|werden"
    r"|è|sono|pu[òo]|possono|dev(?:e|ono))\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"(?:extensions?|exceptions?|exemptions?|allowances?|breaks?|leave|career|parental|maternity|time|periods?"
    r"|this|these|that|such|it|they|in (?:such|this|that|these)|otherwise|however|est[oae]\w*|ello|cela|ceci"
    r"|dies\w*|isso|isto|quest[oaei]"
    r"|and|or|nor|but|be|have|having|hold|who|which|with|not|y|o|ni|et|ou|e|und|oder|ed?|oppure|ser|tener|estar|ter|[êe]tre|avoir)\b",
    re.IGNORECASE,
)
"""What begins an item of a list, or says more of what was said before."""
_FEWEST = 3


def clauses_of(text: str) -> list[str]:
    """The clauses, in order; the sentence as it is where not every part of it is one."""
    if ";" not in text:
        return [text]
    parts = _SEMICOLON.split(text)
    whole = all(map(_is_clause, parts)) and not any(map(_GOES_ON.match, parts[1:]))
    return parts if whole and not opens_further(parts) else [text]


def _is_clause(part: str) -> bool:
    return len(part.split()) >= _FEWEST and bool(_VERB.search(part))
