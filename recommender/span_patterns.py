"""The expressions by which `spans` finds how long ago a degree may have been got, put together from their words.

The words stand in `recommender/data/spans.toml`, those of five languages beside each other.
"""

import re
import tomllib
from functools import cache
from importlib.resources import files

NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "one un une una uno um uma ein einem eines einer",
            "two dos deux dois zwei",
            "three tres trois três drei",
            "four cuatro quatre quatro vier",
            "five cinco cinq fünf",
            "six seis sechs",
            "seven siete sept sete sieben",
            "eight ocho huit oito acht",
            "nine nueve neuf nove neun",
            "ten diez dix dez zehn",
            "eleven once onze elf",
            "twelve doce douze zwölf",
        ),
        start=1,
    )
    for word in words.split()
} | {
    word: number
    for number, words in {
        13: "thirteen trece treize treze dreizehn",
        14: "fourteen catorce quatorze vierzehn",
        15: "fifteen quince quinze fünfzehn quindici",
        16: "sixteen",
        18: "eighteen dieciocho dix-huit dezoito achtzehn diciotto",
        20: "twenty veinte vingt vinte zwanzig venti",
        24: "twenty-four veinticuatro vingt-quatre vierundzwanzig",
        25: "twenty-five",
        30: "thirty treinta trente trinta dreißig trenta",
    }.items()
    for word in words.split()
}
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan ene",
            "feb fév fev",
            "mar mär",
            "apr abr avr",
            "may mai mayo",
            "jun juin",
            "jul juil",
            "aug ago aoû",
            "sep set",
            "oct okt out",
            "nov",
            "dec dic déc dez",
        ),
        start=1,
    )
    for name in names.split()
}
"""How the names of months begin."""
_MONTH = rf"(?:{'|'.join(MONTHS)})[a-zûéä]*\.?"
_DAY = r"\d{1,2}(?:st|nd|rd|th|\.|er)?"
DATE = rf"(?:(?:{_DAY} (?:of |de )?)?{_MONTH},?(?: {_DAY},?)? (?:de |of )?)?(?:19|20)\d\d(?!\d)"


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("recommender").joinpath("data/spans.toml").read_text("utf-8"))


def any_of(part: str, *names: str) -> str:
    """An expression for any of the words of a part; longer ones first."""
    listed = [word for name in names or tuple(_table()[part]) for word in _table()[part][name]]
    return "(?:" + "|".join(sorted(listed, key=len, reverse=True)) + ")"


@cache
def compiled(part: str, name: str) -> re.Pattern[str]:
    """Any of the words of one name, as a whole."""
    return re.compile(rf"(?<!\w){any_of(part, name)}(?!\w)", re.IGNORECASE)


def _filler(most: int, *, least_of_all: bool = False) -> str:
    several = f"{{0,{most}}}{'?' if least_of_all else ''}"
    bounded = r"(?!(?:not|no) (?:less|fewer|more|longer|older|later|greater) than\b)"
    return rf"(?:[\s,:'’()-]*(?<!\w){bounded}{any_of('words', 'filler')}(?!\w)){several}[\s,:'’()-]*"


def _named() -> str:
    one = rf"(?<!\w){any_of('anchors')}(?!\w)"
    return rf"{one}(?:\s*(?:/|,|\bor\b|\band\b|\bou\b|\bo\b|\boder\b)+{_filler(3)}{one})*"


def _span() -> str:
    bound = rf"(?<!\w)(?P<bound>{any_of('bounds')})"
    return rf"(?:{bound}\W{{0,3}})?{_years()}"


def _years() -> str:
    number = rf"(?:\d{{1,2}}|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})(?!\w)"
    both = rf"(?P<n>{number})(?:\s*(?:-|–|to|and|a|y|à|et|bis|und)\s*(?P<m>{number}))?"
    after = r"(?P<after>\s*\+|\s*\(\d+\)|\s+or (?:more|less|fewer))?"
    unit = rf"(?:\s+{any_of('words', 'last')})?[\s-]+(?P<unit>{any_of('words', 'unit')})(?!\w)['’]?(?P<least> or more)?"
    passed = r"(?:\s+(?:may |must |should |can |will )?(?:have |has )?(?:passed|elapsed|gone by))?"
    return rf"{both}{after}{unit}{passed}"


@cache
def before_it() -> re.Pattern[str]:
    """What leads up to such words and says nothing else: "who have obtained their"."""
    return re.compile(rf"(?:(?<!\w){any_of('words', 'filler')}[\s('’]+)+$", re.IGNORECASE)


@cache
def counted_from() -> re.Pattern[str]:
    """ "No more than five years after the award of a PhD": the years, then from what."""
    done = r"(?P<done>(?:\s+of)?(?:\s+[\w-]+){0,4}?\s+(?:experience|practice|training))?"
    joined = rf"(?<!\w)(?P<joined>{any_of('words', 'since')})(?!\w)(?P<between>{_filler(9)})"
    return re.compile(rf"{_span()}{done}[\s-]+{joined}(?P<from>{_named()})", re.IGNORECASE)


@cache
def from_which() -> re.Pattern[str]:
    """ "Whose PhD was awarded in the last five years": from what, then the years."""
    return re.compile(
        rf"(?P<from>{_named()})(?P<between>{_filler(9)}){_span()}(?:\s+ago\b|\s+zurück\w*)?", re.IGNORECASE
    )


@cache
def labelled() -> re.Pattern[str]:
    """ "Maximum time since PhD: 8 years": at most or at least, from what, then the years."""
    bound = rf"(?<!\w)(?P<bound>{any_of('words', 'labels')})\W+(?:\w+\W+){{0,4}}?"
    since = rf"{any_of('words', 'since')}(?P<between>{_filler(5)})(?P<from>{_named()})"
    return re.compile(rf"{bound}{since}\s*[:=–-]?\s*{_years()}", re.IGNORECASE)


@cache
def dated() -> re.Pattern[str]:
    """ "Graduated between 2020 and 2024": from what, then the days."""
    what = rf"(?P<from>{_named()}(?: years?)?){_filler(7, least_of_all=True)}"
    how = rf"(?<!\w)(?P<how>{any_of('days')})?(?: the| el| le)?\s*(?P<first>{DATE})"
    join = r"\s*(?:,\s*)?(?:and|or|to|-|–|/|,|through|y|o|et|ou|e|und|oder|bis|a|à)\s*"
    and_ = rf"(?P<several>(?:{join}(?P<second>{DATE}))*)"
    end = r"(?P<open>\s+(?:or (?:later|after|earlier|before)|and (?:later|after)|onwards?))?"
    return re.compile(what + how + and_ + end, re.IGNORECASE)
