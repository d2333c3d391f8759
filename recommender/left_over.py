"""What is left of a requirement's words once all that was read of them, and all that asks for nothing, is taken out.

A yes that rests on words which nobody has read would be a guess. The phrases stand in
`recommender/data/conditions.toml`, single words in `plain_words.txt` and `plain_words_abroad.txt` beside it.
"""

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files

import pycountry

from catalog.peoples import countries_abroad, peoples_abroad
from recommender.of_the_offer import idle_until, is_of_the_offer

_WORD = re.compile(r"[^\W_]+")
_NUMBERED = re.compile(r"^\s*\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s+")
"""What an item of a list begins with."""
LONGEST = 400
"""Characters of a quote that are looked at, as many as the reader keeps: some patterns take the square of them."""
_OWN = re.compile(r"['’]s\b|(?<=s)['’](?!\w)")
_ENGLISH = re.compile(r"\b(?:must|may|can|the|applicants?|candidates?|for|who|with|should|are|and)\b", re.IGNORECASE)
_OTHER_DOCTORS = re.compile(r"\b\w+(?:ologists|thetists|iatricians|iatrists|geons)\b", re.IGNORECASE)
"""Doctors of one field, who ask nothing of a nurse beside them in a list."""
_OF_A_PEOPLE = re.compile(
    r"[A-Z]\w+(?:an|ans|ish|ese|i|is|ch|ean|eans)\b|(?:Swiss|Thai|Thais|Greeks?|Filipin[oa]s?|Dutch|Czechs?|Danes?|Finns?)\b"
)


@cache
def patterns_of(part: str) -> dict[str, re.Pattern[str]]:
    """The patterns of a part of `conditions.toml` by name."""
    table = tomllib.loads(files("recommender").joinpath("data/conditions.toml").read_text("utf-8"))
    return {name: re.compile("|".join(several), re.IGNORECASE) for name, several in table[part].items()}


def _listed(name: str) -> frozenset[str]:
    lines = files("recommender").joinpath(f"data/{name}").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@cache
def _plain_words_abroad() -> frozenset[str]:
    """The plain words of any language: a word of one may ask for something in another, as "licence" does."""
    named = (*countries_abroad(), *peoples_abroad())
    words_of_names = frozenset(word.casefold() for name in named for word in _WORD.findall(name))
    return plain_words() | _listed("plain_words_abroad.txt") | words_of_names


@cache
def plain_words() -> frozenset[str]:
    """Words of English that ask for nothing, those of our vocabularies, and the names of countries."""
    names = [
        name
        for country in pycountry.countries
        for name in (country.name, getattr(country, "common_name", ""), getattr(country, "official_name", ""))
    ]
    return _listed("plain_words.txt") | frozenset({word.casefold() for name in names for word in _WORD.findall(name)})


_DEMANDS = re.compile(
    r"\b(?:applicants?|candidates?|must|should|need|requir|eligib|complet|enrol|hold|ha(?:s|ve|ving)\b|who\b|with\b|current)",
    re.I,
)
_OFFER = "(?:{})".format(
    "|".join(
        (
            r"(?:fellow|intern|trainee|scholar|student|observer|clerk)ships?",
            r"(?:summer|winter|spring|autumn) (?:school|academy)s?|schools? on|bursar(?:y|ies)|awards?|prizes?|grants?",
            r"electives?|courses?|workshops?|webinars?|seminars?",
            r"symposium|conferences?|congress|hackathons?|contests?|competitions?|placements?|rotations?|positions?",
            r"masterclass(?:es)?|boot ?camps?|special issues?|call for (?:papers|abstracts|manuscripts|proposals)",
            r"programm?es?",
        )
    )
)
_PEOPLE = r"(?:{})\b".format(
    "|".join(
        (
            r"students?|trainees?|residents?|fellows?|registrars?|postdocs?|researchers?|scientists?|investigators?|nurses?",
            r"midwi(?:fe|ves)|doctors?|physicians?|surgeons?|clinicians?|professionals?|practitioners?|scholars?|faculty",
            r"members?|graduates?|undergraduates?|pupils?|alumni|leaders?|workers?|authors?|\w+ists?",
        )
    )
)
_SUBJECTS = (
    re.compile(rf"(?P<kept>\b{_OFFER})\s+(?:in|on|about)\s+(?:(?!\b(?:for|by|open|from|to|at)\b)[^.;:()?])+", re.I),
    re.compile(rf"(?P<kept>\b{_OFFER}\b[^.;:]*?)\s+on\s+(?:(?!\b(?:for|by|open|from|to|at)\b)[^.;:()?])+$", re.I),
    re.compile(rf"^(?P<kept>)(?:(?!{_PEOPLE})[\w'’&/-]+[ ,]+){{1,8}}?(?={_OFFER}\b)", re.I),
    re.compile(rf"(?P<kept>^(?=.*?\b{_OFFER})[^:.;]*):\s+(?!.*\b(?:for|open|{_PEOPLE}))[^.;:]+$", re.I),
)
_TITLE_FOR = re.compile(
    rf"^(?P<about>(?:(?!{_PEOPLE})[^.;?!])+?)\s(?P<kept>for\s(?=[^:]*?{_PEOPLE})[^:.;?!]*)(?P<after>:\s(?:(?!{_PEOPLE})[^.;])+)?$",
    re.I,
)
_NO_SUBJECT = re.compile(
    r"\b(?:degree|licen[cs]e\w*|citizens?|nationals?|members?|aged|years?|only|not|open|women|men)\b", re.I
)
"""What a title says the offer is about: "Fellowship in the Genomics of …", "Digital Health Summer School for …",
"Workshop for residents: Writing …". It asks for no genomics."""


@lru_cache(maxsize=20_000)
def left_over(quote: str, named: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The words of a quote that no vocabulary holds and that may ask for something: "passed", "step", "12".

    A yes that rests on such a quote would be a guess: what these words ask for has not been read. In a language
    of which few plain words are listed much is left over, and little can be told. `named`: what the
    requirement itself names, a society for instance.
    """
    quote, beyond = _NUMBERED.sub("", quote[:LONGEST]), quote[LONGEST:]
    for pattern in patterns_of("nothing_more").values():
        quote = pattern.sub(" ", quote)
    if not _DEMANDS.search(quote):
        for subject in _SUBJECTS:
            quote = subject.sub(r"\g<kept> ", quote)
        quote = _without_subject(quote)
    quote = _OF_A_PEOPLE.sub(" ", _OWN.sub("", quote))
    if named and not {"physician", "health_professional"} & set(named):
        quote = _OTHER_DOCTORS.sub(" ", quote)
    plain = plain_words() if _ENGLISH.search(quote) else _plain_words_abroad()
    read = plain | {word.casefold() for name in named for word in _WORD.findall(name)}
    idle = idle_until(quote)
    left = (
        word.group()
        for word in _WORD.finditer(quote)
        if word.group().casefold() not in read and not (word.end() <= idle and is_of_the_offer(word.group()))
    )
    return tuple(left) + tuple(_WORD.findall(beyond))


def _without_subject(quote: str) -> str:
    """A title's "for nurses" without what is for them: "Numbers for Nurses: Measuring a Ward"."""
    found = _TITLE_FOR.match(quote.strip())
    if found is None or not _is_title(quote) or _NO_SUBJECT.search(found["about"] + (found["after"] or "")):
        return quote
    return found["kept"]


def _is_title(quote: str) -> bool:
    """Whether most words of some length begin with a capital, as no sentence's do."""
    words = [word for word in re.findall(r"[^\W\d_]+", quote) if len(word) > 3]
    return len([word for word in words if word[0].isupper()]) * 4 >= len(words) * 3
