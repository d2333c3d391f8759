"""Career stages and professions that a statement asks for, or keeps out."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from catalog.words import CareerStage, Profession
from crawlers.reading.applicants import Statement, only_liked
from crawlers.reading.career_mentions import Career, as_told, is_asked, is_subject
from crawlers.reading.gazetteer import mentions
from crawlers.reading.patterns import Wording, table, words
from crawlers.reading.refusals import (
    have_their_own_part,
    is_sent_elsewhere,
    keeps_out,
    names_a_kind,
    refuses_doubtfully,
)
from crawlers.reading.wordings import Seldom

_STUDY_REACH = 80
"""Characters after "enrolled" within which the level of study follows."""
_STOP = re.compile(r"(?<!\b[A-Z])[.;:](?=\s)|\bby (?:a|the|an)\b|, (?:and|who|with|must)\b")
_STUDIED = (
    CareerStage.HIGH_SCHOOL,
    CareerStage.UNDERGRADUATE,
    CareerStage.GRADUATE_STUDENT,
    CareerStage.MEDICAL_STUDENT,
    CareerStage.RESIDENT,
    CareerStage.OTHER_HEALTH_STUDENT,
)
_STUDENTS = re.compile(r"(?<![\w-])students(?![\w-]| (?:of|in|at|from|who (?:study|are|attend|take))\b)", re.IGNORECASE)
"""Students of whatever kind, where they stand in one list with another stage or profession."""
_OF_COLLEGES = Seldom(
    r"(?<![\w-])students (?:from|of|at|in|enrolled (?:in|at)) (?:any|all|every) (?:\w+ )?(?:college|universit)\w*",
)
_STUDENTS_ALONE = Seldom(
    r"(?:^\W*(?:all |any |only )?"
    r"|\b(?:open|available|restricted|limited|reserved) (?:only |exclusively )?(?:to|for) (?:all |any )?"
    r"|\b(?:is|are|meant|intended|designed) (?:only |exclusively )?for (?:all |any )?"
    r"|\b(?:applications|submissions|entries|essays|papers|abstracts|manuscripts) (?:\w+ )?(?:from|by) (?:all |any )?)"
    r"(?P<who>students)(?= (?:(?:may|can|must|should) (?:only |also |now |then |not )?(?:apply|enter|submit|join"
    r"|take part|participate|attend|register|enrol|hold|have"
    r"|be (?:enrolled|registered|studying|members|nominated|in|at))"
    r"|are (?:also |all |only )?(?:eligible|invited|welcome|encouraged|asked to apply|accepted|admitted|required|not)"
    r"|only|who|from|of any|in any|worldwide|anywhere"
    r"|(?:and|or) (?:recent |new |young )?graduates)\b|\s*[,.;]|\s*$)",
)
"""Students of whatever kind, who are themselves those it is for: "Students from any country may join"."""
_BY_SUBJECT = (CareerStage.MEDICAL_STUDENT, CareerStage.OTHER_HEALTH_STUDENT)
_LIST_OF_SUBJECTS = re.compile(
    r"(?:[\s,/]|\b(?!(?:who|from|with|at|may|can|must|are|is|should|under|by|for|to|que|qui|die|che|cittadin\w+|podr\w+"
    r"|pued\w+|podem|peuvent|k[öo]nnen|possono|aus|mit|residentes?)\b)[^\W\d_][\w'’-]*){1,24}",
    re.IGNORECASE,
)
"""Words that may name subjects one after another, as far as the next that says something else."""
ANY_STUDENT = tuple(stage for stage in _STUDIED if stage not in (CareerStage.RESIDENT, CareerStage.HIGH_SCHOOL))
_LISTED = re.compile(r"[\s,/]*(?:and/or|and|or|&|as well as)?[\s,/]*", re.IGNORECASE)
_DWELLS_IN = re.compile(r"\s+(?:in|of|outside|within),?\s+(?:[a-zà-ÿ]+\s+){0,4}", re.IGNORECASE)
SENIORITIES = (CareerStage.EARLY_CAREER, CareerStage.MID_CAREER, CareerStage.SENIOR)


@cache
def _patterns() -> tuple[tuple[CareerStage | Profession, Wording], ...]:
    tables = table("eligibility")
    stages = [(CareerStage(value), Wording(alternatives)) for value, alternatives in tables["stages"].items()]
    trades = [(Profession(value), Wording(alternatives)) for value, alternatives in tables["professions"].items()]
    return (*stages, *trades)


@cache
def _any() -> Wording:
    tables = table("eligibility")
    return Wording(word for name in ("stages", "professions") for listed in tables[name].values() for word in listed)


def careers_in(statement: Statement, *, title: bool = False) -> list[Career]:
    """The stages and professions that a statement names as applicants, in order.

    `title`: the statement is the page's title, where "Medical Student Research Fellowship" says for whom.
    """
    text = statement.text
    anything = (_any(), words("eligibility", "studying.verbs"), _OF_COLLEGES, _STUDENTS_ALONE)
    if not any(pattern.search(text) for pattern in anything):
        return []
    named = (_kept_out(one) if statement.kept_out else one for one in _named(text))
    found = [
        as_told(statement, career)
        for career in named
        if not is_subject(statement, career) and (title or is_asked(statement, career))
    ]
    liked = only_liked(text) and not _firm(text)
    if liked and not statement.in_section:
        return [career for career in found if career.excludes]
    return [replace(career, liked=liked) for career in _outermost(found)]


def _kept_out(career: Career) -> Career:
    """The same under a line that refuses; what is refused there already may be those who are not such."""
    return replace(career, excludes=True, in_part=career.in_part or career.excludes)


def _firm(text: str) -> bool:
    return bool(re.search(r"\b(?:open to|eligib|must|only|designed|aimed|(?:may|can) apply)\b", text, re.IGNORECASE))


def _named(text: str) -> Iterator[Career]:
    found = [_career(value, text, match) for value, pattern in _patterns() for match in pattern.finditer(text)]
    found = [one for one in found if one.value is not CareerStage.RESIDENT or not _dwells(text, one)]
    found.extend(_studying(text))
    found.extend(_by_subject(text))
    yield from found
    yield from _students(text, found)


def _career(value: CareerStage | Profession, text: str, match: re.Match[str]) -> Career:
    return _named_as(value, text, *match.span())


def _named_as(value: CareerStage | Profession, text: str, start: int, end: int) -> Career:
    doubtful = refuses_doubtfully(text, start, end)
    excludes = doubtful or keeps_out(text, start, end)
    return Career(
        value,
        start,
        end,
        excludes,
        in_part=doubtful or (excludes and names_a_kind(text, start, end)),
        elsewhere=excludes and is_sent_elsewhere(text, end),
        apart=not excludes and have_their_own_part(text, end),
    )


def _dwells(text: str, career: Career) -> bool:
    """Whether "resident" means one who lives somewhere: "legally resident in an EU Member State"."""
    if not text[career.start : career.end].lower().startswith("resident"):
        return False
    before = text[max(0, career.start - 40) : career.start]
    if re.search(rf"{words('eligibility', 'dwelling_before').pattern}[\s-]*$", before, re.IGNORECASE):
        return True
    inside = _DWELLS_IN.match(text, career.end)
    if inside is None:
        return any(place.end == len(before.rstrip()) for place in mentions(before))
    if any(place.start == 0 for end in _word_starts(inside) for place in mentions(text[end : end + 60])):
        return True
    return bool(re.search(r"\b(?:be|is|are)\s+$", before)) and text[career.start : career.end].lower() == "resident"


def _word_starts(inside: re.Match[str]) -> list[int]:
    """Where a name may begin after "resident in": behind each of the little words."""
    words_in = [inside.start() + gap.end() for gap in re.finditer(r"\s+", inside.group())]
    return [*words_in, inside.end()]


def _students(text: str, careers: list[Career]) -> Iterator[Career]:
    """Students of any kind beside others who may apply: "residents and students"."""
    specific = any(career.value in (*ANY_STUDENT, CareerStage.HIGH_SCHOOL, CareerStage.PRE_MED) for career in careers)
    if specific:
        return
    for match in _OF_COLLEGES.finditer(text):
        yield from (_career(stage, text, match) for stage in ANY_STUDENT)
    for match in _STUDENTS_ALONE.finditer(text):
        named = (_named_as(stage, text, *match.span("who")) for stage in ANY_STUDENT)
        yield from (replace(one, of_any_kind=True) for one in named)
    for match in _STUDENTS.finditer(text):
        for other in careers:
            after, before = (match.end(), other.start), (other.end, match.start())
            if any(begin < end and _LISTED.fullmatch(text, begin, end) for begin, end in (after, before)):
                yield from (_career(stage, text, match) for stage in ANY_STUDENT)
                break


def _by_subject(text: str) -> Iterator[Career]:
    """Students by the subjects that a list names after them: "studenti di medicina o infermieristica"."""
    for who in words("eligibility", "subjects.students").finditer(text):
        listed = _LIST_OF_SUBJECTS.match(text, who.end())
        end = listed.end() if listed else who.end()
        for stage in _BY_SUBJECT:
            for found in words("eligibility", f"subjects.{stage}").finditer(text, who.end(), end):
                excludes = keeps_out(text, who.start(), found.end())
                yield Career(stage, found.start(), found.end(), excludes)


def _studying(text: str) -> Iterator[Career]:
    """Stages given by what applicants study: "enrolled in an undergraduate, graduate or postgraduate course"."""
    for verb in words("eligibility", "studying.verbs").finditer(text):
        stop = _STOP.search(text, verb.end(), verb.end() + _STUDY_REACH)
        end = stop.start() if stop else min(len(text), verb.end() + _STUDY_REACH)
        for stage in _STUDIED:
            for found in words("eligibility", f"studying.{stage}").finditer(text, verb.end(), end):
                yield Career(stage, found.start(), found.end(), keeps_out(text, verb.start(), found.end()))


def _outermost(careers: list[Career]) -> list[Career]:
    """Drop what lies within a longer name of another kind: the doctors in "doctors in training"."""
    kept = [
        career
        for career in careers
        if not any(
            other.value is not career.value
            and other.start <= career.start
            and career.end <= other.end
            and other.end - other.start > career.end - career.start
            and not (other.value in SENIORITIES or career.value in SENIORITIES)
            for other in careers
        )
    ]
    return sorted(kept, key=lambda career: career.start)
