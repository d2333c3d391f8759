"""Which languages a condition demands: not those that it prefers, does not need, or names for something else.

A condition is read clause by clause: "fluency in English is required; knowledge of French is an asset" demands
English. Where a name may be no language ("the French health system"), or it is asked of some only, nothing is said.
"""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import pycountry

_ABROAD = re.compile(
    r"ma[îi]tris|connaissance|\blangue|parler|dominio|dom[ií]nio|conocimient|conheciment|\bnivel|\bn[íi]vel|idioma|lengua"
    r"|hablar|falar|l[íi]ngua|conoscenza|kenntnis|sprach|beherrsch",
    re.IGNORECASE,
)
"""What speaks of a language in other languages, where its name has no capital."""
_ASKED = re.compile(
    r"fluen|proficien|speak|command of|language|knowledge of|level of|literate"
    r"|\b(?:work|communicate|converse|write|read|present|teach|study|consult|function)(?:ing)? (?:\w+ly |well )?in "
    r"(?:(?:either|both|at least|one|of) )*(?=[A-Z])"
    r"|\b[A-Z]\w+ (?:is|are) (?:required|essential|mandatory|compulsory|necessary|needed|a must)\b|" + _ABROAD.pattern,
    re.IGNORECASE,
)
_TAUGHT = re.compile(
    r"\b(?:is|are|be|taught|held|given|run|conducted|delivered)(?: (?:entirely|only|mainly|wholly))? in (?=[A-Z])"
)
"""What says in which language a course is given: of two it cannot be told whether both are needed."""
_SAYS = re.compile(
    r"\b(?:is|are|be|must|should|will|would|may|can|needs?|requires?|required|have|speak|submit|provide)\b",
    re.IGNORECASE,
)
_ENDS = re.compile(r"(;\s*|\.\s+|,?\s+(?:but|while|whereas)\s+)|,\s+|\s+and\s+", re.IGNORECASE)
_LIKED = re.compile(
    r"\b(?:prefer\w*|desirable|desired|(?:an? )?(?:asset|advantage|plus|bonus)|advantageous|helpful|useful|ideally"
    r"|beneficial|encouraged|welcome|nice to have|optional|bienvenu\w*|atouts?|souhait\w+|utiles?"
    r"|appr[ée]ci[ée]\w*|valorar[áa]\w*|deseable|desej[áa]vel|diferencial|w[üu]nschenswert|von vorteil|gradit\w+"
    r"|preferib\w+|preferente\w*)\b",
    re.IGNORECASE,
)
_NOT_NEEDED = re.compile(
    r"\b(?:not (?:be )?(?:strictly )?(?:required|needed|necessary|mandatory|essential|asked|expected"
    r"|a (?:requirement|must))|no (?:\w+ )?(?:knowledge|command|level|proficiency|skills|fluency|requirement|need)"
    r"|(?:does|do) not (?:need|have) to|need not|without|n['’]est pas|ne sont pas"
    r"|do(?:es)? not (?:\w+ )?speak|no (?:es|son|se)|n[ãa]o (?:[ée]|se)|nicht|keine?"
    r"|non (?:[èe]|sono)|sans|sin|sem|ohne)\b",
    re.IGNORECASE,
)
_OF_SOME = re.compile(
    r"\b(?:non[- ]native|(?:native|first|mother|primary|main)[- ](?:language|tongue) is (?:not|other)"
    r"|is not (?:their|your)|not (?:a )?native|native speakers?|unless|if|depending|waived?|exempt\w*|other than"
    r"|maternelle|materna|muttersprach\w*|si|wenn|falls)\b",
    re.IGNORECASE,
)
_BEFORE_A_NAME = re.compile(
    r"(?:\b(?:de|do|da|du|del|en|em|in|le|la|el|o|et|y|e|ou|oder|und|parler|hablar|falar|gute|sehr)|[,:]|l['’]|d['’])\s*$",
    re.IGNORECASE,
)
_BEFORE_AN_ADJECTIVE = re.compile(r"\b(?:langues?|lenguas?|l[íi]nguas?|idiomas?)\s*$", re.IGNORECASE)
_AFTER_A_LANGUAGE = re.compile(
    r"\s*(?:$|[^\w\s]|(?:languages?|skills?|proficien\w*|fluen\w*|speak\w*|knowledge|competen\w*|and|or|at|to|with|on"
    r"|is|are|as|in|for|level|must|will|should|may|can|both|well|fluently|(?:is |are )?required|needed|mandatory"
    r"|[ABC][12]|sufficient\w*|of|by|which|who|that|est|es|[ée]|[èe]|ist|sind|sont|son|sono|et|y|und|ou|o|oder|exig\w*|requ[ie]\w*"
    r"|indispensable|imprescindible|obligat\w*|n[ée]cess?\w*|erforderlich|vorausgesetzt|courante?|fluente?|fl[uü]\w*"
    r"|avanzad\w*|avançad\w*|kenntnisse|en|in)\b)",
    re.IGNORECASE,
)


def languages_asked(quote: str) -> frozenset[str]:
    """The languages (ISO 639-1) that a condition demands of everybody; none where that cannot be told."""
    taught = not _ASKED.search(quote)
    if (taught and not _TAUGHT.search(quote)) or _OF_SOME.search(quote):
        return frozenset()
    found: set[str] = set()
    for clause in _clauses(quote):
        if _LIKED.search(clause) or _NOT_NEEDED.search(clause):
            continue
        for at, code in _named(clause):
            if not _AFTER_A_LANGUAGE.match(clause, at):  # "the French health system"
                return frozenset()
            found.add(code)
    return frozenset(found if len(found) < 2 or not taught else ())


def languages_in(quote: str) -> frozenset[str]:
    """The languages whose names stand in a condition, whatever it says of them."""
    return frozenset(code for _, code in _named(quote))


def _clauses(quote: str) -> Iterator[str]:
    """Parts that say something each for itself: "English and French are required" is one."""
    clause, start = "", 0
    for end in [*_ENDS.finditer(quote), None]:
        part = quote[start : end.start() if end else len(quote)]
        clause += part
        rest = quote[end.end() :] if end else ""
        following = rest[: found.start()] if (found := _ENDS.search(rest)) else rest
        if end is None or end[1] or (_SAYS.search(clause) and (_SAYS.search(following) or _LIKED.search(following))):
            yield clause
            clause = ""
        else:
            clause += end.group()
        start = end.end() if end else start


def _named(text: str) -> Iterator[tuple[int, str]]:
    """Where the name of each language ends, and its code."""
    for word in re.finditer(r"\b[A-Z]\w+", text):
        if code := _codes().get(word.group().casefold()):
            yield word.end(), code
    if _ABROAD.search(text):
        yield from _named_abroad(text)


def _named_abroad(text: str) -> Iterator[tuple[int, str]]:
    """The same of names in other languages, which may also qualify a literature or a health system."""
    for word in re.finditer(r"\b[^\W\d_]{4,}", text):
        name, before = word.group().casefold(), text[max(0, word.start() - 20) : word.start()]
        if name.endswith("kenntnisse") or _BEFORE_A_NAME.search(before):
            code = _codes_abroad().get(name)
        else:
            code = _adjectives().get(name) if _BEFORE_AN_ADJECTIVE.search(before) else None
        if code:
            yield word.end(), code


@cache
def _codes() -> dict[str, str]:
    return {entry.name.casefold(): entry.alpha_2 for entry in pycountry.languages if hasattr(entry, "alpha_2")} | {
        "mandarin": "zh",
        "farsi": "fa",
        "greek": "el",
        "swahili": "sw",
        "kiswahili": "sw",
        "malay": "ms",
        "khmer": "km",
    }


@cache
def _codes_abroad() -> dict[str, str]:
    """What the commonest languages are called in the others, in small letters: "anglais", "deutschkenntnisse"."""
    found = _listed("names")
    return found | {f"{word}kenntnisse": code for word, code in found.items()}


@cache
def _adjectives() -> dict[str, str]:
    return _listed("adjectives")


def _listed(part: str) -> dict[str, str]:
    table = tomllib.loads(files("recommender").joinpath("data/languages.toml").read_text("utf-8"))
    return {word: code for code, words in table[part].items() for word in words.split()}
