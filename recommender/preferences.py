"""Words that only say who is preferred, by which nobody is ruled out."""

import re

from catalog.drafts import Requirement
from catalog.words import RequirementType

_PREFERENCE = re.compile(
    r"\b(?:preferr?ed|preferabl[ey]|preference|encouraged?|desirable|an asset|an advantage|advantageous|a plus|"
    r"priority (?:is|will be|may be)|(?:particularly|especially) welcome"
    r"|welcomed?(?! (?:\w+ ){0,3}from\b| to (?:apply|submit|enter|join|take part)|\s*[.;!]?\s*$)|ideally"
    r"|particularly interested)\b",
    re.IGNORECASE,
)
_DEMAND = re.compile(
    r"\b(?:must|only|required?|requires|mandatory|need(?:s|ed)? to|restricted|limited to|exclusively|"
    r"provided (?:that|they|you)|unless|as long as|on condition|"
    r"eligible|eligibility|shall|(?:may|can) (?:apply|submit|enter|participate)|open to)\b",
    re.IGNORECASE,
)
_REFUSAL = re.compile(
    r"\b(?:will not be|cannot|(?:is|are|be) (?:excluded|ineligible)"
    r"|not (?:be )?(?:accepted|considered|admitted|eligible))\b",
    re.IGNORECASE,
)
_ENCOURAGED_TO = re.compile(r"\bencouraged to (?:apply|submit|enter|join|take part|participate)\b", re.IGNORECASE)
"""Kept by the reader only where nobody else is named: whether others may is not said."""


def is_preference(requirement: Requirement) -> bool:
    """Whether the words only say who is preferred: nobody is ruled out by that. A refusal is no preference."""
    return (
        not requirement.excludes
        and not (requirement.type is RequirementType.OTHER and _ENCOURAGED_TO.search(requirement.quote))
        and bool(_PREFERENCE.search(requirement.quote))
        and not _DEMAND.search(requirement.quote)
    )


def also_refuses(requirement: Requirement) -> bool:
    """Whether the words of a preference refuse somebody too: then it cannot be told of whom which is said."""
    return bool(_REFUSAL.search(requirement.quote))
