"""A summary in which one sentence says plainly who may apply: the others then speak of it in their own words only.

A few lines in which nothing is said of that in so many words leave each of them in doubt. Beside "Open to nurses of any
country", that a fellow walks the wards with two surgeons tells of the fellowship.
"""

import re
from dataclasses import replace

from crawlers.reading.applicants import Statement, only_liked
from crawlers.reading.asked_places import places_asked
from crawlers.reading.careers import careers_in
from crawlers.reading.degrees import degrees_in
from crawlers.reading.harmless import is_harmless, is_idle, is_lead_in, tells_of_benefits
from crawlers.reading.patterns import words
from crawlers.reading.restrictions import asks_of_people
from crawlers.reading.unread import lays_down, opens_to_all
from crawlers.reading.wordings import Seldom

OTHERS = ("language", "teaching", "age", "nomination", "women", "experience", "standing", "training", "institution")
"""What is asked of people besides their place, stage and trade; each has its words in `eligibility.toml`."""
_QUESTION = re.compile(r"^\W*(?:who|how|what|to apply|do|does|can|may|is|are|am|will|must)\b", re.IGNORECASE)
_PLAINLY = Seldom(
    "|".join(
        (
            r"\b(?:may|can) (?:apply|register|attend|take part|participate|submit|enter|join)\b",
            r"\b(?:we|the (?:[\w-]+ ){0,3}[\w-]+) "
            r"(?:(?:are|is) looking for|looks? for|needs?|seeks?|invites?|recruits?|trains?)\b",
            r"\b(?:suits?|(?:is|are) (?:suitable|open|ideal|meant|aimed|intended|designed|restricted|reserved))\b",
            r"\b(?:by|from) (?:authors|applicants|candidates|people|those|students|residents|nurses|doctors)"
            r" (?:from|in|of|based)\b",
            r"\b(?:dirigid[oa]s?|destinad[oa]s?|reservad[oa]s?|abiert[oa]s?|abert[oa]s?) (?:a|para)\b",
            r"\b(?:podr[áa]n?|pueden?|podem|poder[ãa]o) (?:solicitar\w*|participar|presentarse|postular\w*|optar)\b",
            r"\b(?:podem|poder[ãa]o) (?:concorrer|candidatar-se|inscrever-se)\b|\bpeuvent (?:postuler|candidater)\b",
            r"\b(?:destin[ée]e?s?|r[ée]serv[ée]e?s?|ouverte?s?) aux?\b|\bs.adressent? aux?\b",
            r"\brichtet sich an\b|\bbewerben k[öo]nnen sich\b|\bk[öo]nnen sich\b[^.;]{0,80}\bbewerben\b",
            r"\bthe (?:senior|junior) (?:fellow|researcher|scientist)\b",
            r"\boffen f[üu]r\b|^\W*(?:if )?you (?:are|hold|live|work)\b",
        )
    )
)


def where_told_plainly(statements: list[Statement]) -> list[Statement]:
    """The statements of a page; those of a summary are taken as a long page's where one of them is plain."""
    if not any(one.in_summary and _says_plainly(one) for one in statements):
        return statements
    return [one if _says_plainly(one) or _asks_of_people(one) else _in_its_own_words(one) for one in statements]


def _says_plainly(statement: Statement) -> bool:
    text = statement.text
    if is_lead_in(text) or is_idle(text) or tells_of_benefits(text) or only_liked(text) or _QUESTION.search(text):
        return False
    if statement.in_section:
        return not is_harmless(text)
    if not (lays_down(text) or _PLAINLY.search(text)):
        return False
    return opens_to_all(text) or bool(careers_in(statement)) or bool(degrees_in(statement))


def _asks_of_people(statement: Statement) -> bool:
    text = statement.text
    told = asks_of_people(text, in_section=False, by_summary=True)
    if told or any(words("eligibility", f"other.{topic}").search(text) for topic in OTHERS):
        return True
    return bool(degrees_in(statement)) or any(True for _ in places_asked([statement], ""))


def _in_its_own_words(statement: Statement) -> Statement:
    named = statement.of_applicants and not statement.by_summary
    return replace(statement, of_applicants=named, in_summary=False)
