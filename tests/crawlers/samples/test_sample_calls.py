"""What the invented calls hold: enough of every kind, every special case, two days, and nothing real or stale."""

import datetime as dt
import re
from collections import Counter
from importlib.resources import files

import pytest

from catalog.standing import Timetable, passes_at, standing
from catalog.words import Kind, Status
from crawlers.samples.content import SOURCES, SampleCall, calls_on
from crawlers.samples.people import expectations, people
from tests.crawlers.samples.walking import DAYS, TODAY, calls, draft_of, morning

PROMISED = {
    "closed by date", "closed by words", "rolling", "rolling with an end", "no deadline", "several deadlines",
    "letter of intent and full", "abstract and paper", "rounds", "AoE", "date only", "clock with zone", "extension",
    "same call in two sources", "fits nobody", "roundup", "article", "hostile text", "HTML twice escaped", "French",
    "Spanish", "Portuguese", "LMIC only", "EU only", "Commonwealth only", "US citizens only", "pre-med",
    "medical student", "resident", "nurse", "postdoc", "senior", "paid", "remote", "moved its deadline today",
    "closed last night", "new today", "vanished today",
}  # fmt: skip


def special_cases(today: dt.date) -> dict[str, tuple[str, ...]]:
    """The ids of the calls that show each special case, as README.md lists them, of yesterday's and today's web."""
    found: dict[str, set[str]] = {}
    for day in (today - dt.timedelta(days=1), today):
        for call in calls_on(day, today):
            for case in call.shows:
                found.setdefault(case, set()).add(call.id)
    return {case: tuple(sorted(ids)) for case, ids in sorted(found.items(), key=lambda pair: pair[0].lower())}


def test_there_are_sixty_and_fifteen_of_every_kind() -> None:
    kinds = Counter(call.kind for call in calls() if call.outcome != "refused" and call.same_as is None)
    assert kinds.total() >= 60
    assert min(kinds[kind] for kind in Kind) >= 15


def test_every_call_has_an_id_of_its_own_and_a_body_worth_reading() -> None:
    found = calls()
    assert len({call.id for call in found}) == len(found)
    lengths = {call.id: len(call.body.split()) for call in found if call.outcome != "refused"}
    assert {name: words for name, words in lengths.items() if not 80 <= words <= 300} == {}


def test_links_lead_to_invented_hosts_only() -> None:
    held = files("crawlers.samples").joinpath("calls")
    for source in SOURCES:
        text = held.joinpath(f"{source}.toml").read_text("utf-8")
        strange = [host for host in re.findall(r"https?://([\w.-]+)", text) if not host.endswith(".example")]
        assert strange == [], source


def test_every_special_case_is_there_and_listed_in_the_readme() -> None:
    cases = special_cases(TODAY)
    assert set(cases) >= PROMISED
    readme = files("crawlers.samples").joinpath("README.md").read_text("utf-8")
    listed = dict(re.findall(r"^\| ([^|`]+?) \| (`.*`) \|$", readme, re.MULTILINE))
    assert listed == {case: ", ".join(f"`{name}`" for name in names) for case, names in cases.items()}


def test_at_least_three_calls_are_in_two_sources_under_other_titles() -> None:
    found = {call.id: call for call in calls()}
    pairs = [(call, found[call.same_as]) for call in found.values() if call.same_as]
    assert len(pairs) >= 3
    for call, twin in pairs:
        assert call.source != twin.source
        assert call.title != twin.title
        assert call.kind == twin.kind
        last = [max(d.when.on for d in one.reads.deadlines) for one in (call, twin)]
        assert last[0] == last[1], call.id


@pytest.mark.parametrize("today", DAYS)
def test_nothing_goes_stale_whatever_today_is(today: dt.date) -> None:
    for call in calls(day=today):
        if call.outcome == "refused" or "closed by date" in call.shows:
            continue
        live = [deadline for deadline in call.reads.deadlines if not deadline.superseded]
        assert not live or max(deadline.when.on for deadline in live) > today, call.id
        assert call.posted.on <= today, call.id


@pytest.mark.parametrize("today", DAYS[:3])
def test_the_same_days_give_the_same_calls_told_apart_by_dates_only(today: dt.date) -> None:
    assert calls_on(today) == calls_on(today)
    assert [call.id for call in calls_on(today)] == [call.id for call in calls_on(TODAY)]


class TestBetweenYesterdayAndToday:
    """The story that two crawls on following days are told."""

    yesterday = TODAY - dt.timedelta(days=1)

    def seen(self, day: dt.date) -> dict[str, SampleCall]:
        return {call.id: call for call in calls_on(day, TODAY)}

    def test_one_appeared_and_one_vanished(self) -> None:
        before, after = self.seen(self.yesterday), self.seen(TODAY)
        assert set(after) - set(before) == set(special_cases(TODAY)["new today"])
        assert set(before) - set(after) == set(special_cases(TODAY)["vanished today"])

    def test_one_moved_its_deadline_and_one_closed_and_nothing_else_changed(self) -> None:
        before, after = self.seen(self.yesterday), self.seen(TODAY)
        changed = {name for name in before.keys() & after.keys() if before[name] != after[name]}
        assert changed == {"tamarind-health-equity-fellowship", "quince-early-career-fellowship"}
        moved = [max(d.when.on for d in seen["tamarind-health-equity-fellowship"].reads.deadlines if not d.superseded)
                 for seen in (before, after)]  # fmt: skip
        assert moved[0] < moved[1]

    def test_the_one_that_closed_was_open_when_it_was_last_read(self) -> None:
        call = self.seen(self.yesterday)["quince-early-career-fellowship"]
        draft = draft_of(call, self.yesterday, TODAY)
        assert draft is not None
        timetable = Timetable(kind=draft.kind, timing=draft.timing, deadlines=draft.deadlines)
        closes = passes_at(draft.deadlines[0])
        assert closes is not None
        assert standing(timetable, closes - dt.timedelta(minutes=1)).status is Status.CLOSING_SOON
        assert standing(timetable, morning(TODAY)).status is Status.CLOSED


def test_people_are_six_with_goals_of_their_own_and_mentors_who_exist() -> None:
    everyone = people()
    keys = {mentor.key for mentor in everyone.mentor}
    assert len(keys) == 2
    assert len(everyone.mentee) == 6
    for mentee in everyone.mentee:
        assert set(mentee.mentors) <= keys
        assert mentee.email.endswith("example.org")
        assert mentee.body()["goals"][0]["text"] == mentee.goal[0].text


def test_what_is_expected_speaks_of_calls_and_people_that_exist() -> None:
    known_calls, known_people = {call.id for call in calls()}, {mentee.key for mentee in people().mentee}
    served: Counter[str] = Counter()
    for call, expected in expectations().items():
        assert call in known_calls
        assert {*expected.ineligible, *expected.fits} <= known_people
        assert not set(expected.ineligible) & set(expected.fits), call
        served.update(expected.fits)
    assert len([name for name, count in served.items() if count >= 3]) >= 3
