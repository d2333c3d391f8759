"""Rows and what is kept → what each row would do. The same plan is shown first and carried out afterwards."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from catalog.cohort.cells import NotUnderstood
from catalog.cohort.plans import Action, Change, Known, KnownGoal, KnownMentee, KnownMentor, Plan, PlannedRow, plain
from catalog.cohort.remarks import Level, Remark, shown
from catalog.cohort.rows import Cohort, CohortRow, RowGoal
from catalog.cohort.values import READERS
from catalog.cohort.words import fold
from catalog.stores.goals import GOALS_AT_MOST
from catalog.words import Horizon


def plan_import(content: bytes, cohort: Cohort, known: Known) -> Plan:
    """What each row would do."""
    planning = _Planning(known)
    rows = tuple(planning.row(row) for row in cohort.rows)
    digest = hashlib.blake2b(hashlib.sha256(content).digest(), digest_size=16)
    digest.update(json.dumps([known.programme_id, known.otherwise, [_essence(row) for row in rows]]).encode())
    return Plan(known.programme_id, rows, digest.hexdigest())


def _essence(row: PlannedRow) -> list[Any]:
    changes = [[change.column, change.before, change.after] for change in row.changes]
    return [row.line, row.action, row.mentee_id, changes, row.new_mentors]


class _Planning:
    """What is known, arranged for looking up, and which of it the rows before have taken."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.by_email: dict[str, list[KnownMentee]] = defaultdict(list)
        self.by_name: dict[str, list[KnownMentee]] = defaultdict(list)
        for mentee in known.mentees:
            self.by_name[_key(mentee.name)].append(mentee)
            if mentee.email:
                self.by_email[mentee.email.casefold()].append(mentee)
        self.mentors: dict[str, list[KnownMentor]] = defaultdict(list)
        for mentor in known.mentors:
            for name in {mentor.id, mentor.email.casefold(), _key(mentor.name)} - {""}:
                self.mentors[name].append(mentor)
        self.seen: dict[str, int] = {}

    def row(self, row: CohortRow) -> PlannedRow:
        remarks = list(row.remarks)
        mentee = None if row.refused else self._whom(row, remarks)
        mentors = self._mentors(row, mentee, remarks)
        if not _refused(remarks):
            self._note(row, mentee, remarks)
        planned = _new(row, mentors) if mentee is None else _update(row, mentee, mentors, remarks)
        if mentee is None and not mentors and not _refused(remarks):
            remarks.append(Remark(Level.PROBLEM, "mentors", "Nobody would mentor them: name a mentor."))
        live = len(planned.new_goals) + len(mentee.goals if mentee else ())
        if live > GOALS_AT_MOST:
            remarks.append(
                Remark(Level.PROBLEM, "goal 1", f"These would be {live} goals; {GOALS_AT_MOST} are allowed.")
            )
        if _refused(remarks):
            mentee_id = mentee.id if mentee else None
            return PlannedRow(row.line, Action.CANNOT, row.name, row.email, mentee_id, (), tuple(remarks))
        return replace(planned, remarks=tuple(remarks))

    def _whom(self, row: CohortRow, remarks: list[Remark]) -> KnownMentee | None:
        """The mentee a row is about: by address, else by name, which is said."""
        if row.email and (found := self.by_email.get(row.email.casefold())):
            if len(found) > 1:
                remarks.append(_problem("email", "Several of your mentees here have this address."))
            return found[0]
        namesakes = self.by_name.get(_key(row.name), [])
        if row.email:
            others = [mentee for mentee in namesakes if mentee.email]
            namesakes = [mentee for mentee in namesakes if not mentee.email]
            if others and not namesakes:
                remarks.append(_warning("email", "Another mentee of this name has another address: this is a new one."))
        if len(namesakes) > 1:
            remarks.append(
                _problem("email", "Several of your mentees have this name: give the address of the one meant.")
            )
        elif namesakes:
            remarks.append(_warning("name", "Found by the name alone. Is it the same person?"))
        return namesakes[0] if namesakes else None

    def _note(self, row: CohortRow, mentee: KnownMentee | None, remarks: list[Remark]) -> None:
        """Refuse a second row about the same person."""
        keys = [mentee.id] if mentee else [row.email.casefold() if row.email else f"name {_key(row.name)}"]
        for key in keys:
            if key in self.seen:
                remarks.append(_problem("", f"Line {self.seen[key]} is about the same person."))
            self.seen.setdefault(key, row.line)
        if mentee is None and not row.email:
            remarks.append(_warning("email", "Without an address they are known by their name alone."))

    def _mentors(self, row: CohortRow, mentee: KnownMentee | None, remarks: list[Remark]) -> tuple[str, ...]:
        """Those who would begin to mentor them."""
        there = mentee.mentors if mentee else frozenset()
        found: list[str] = []
        for said in row.mentors:
            named = self.mentors.get(said) or self.mentors.get(said.casefold()) or self.mentors.get(_key(said)) or []
            able = [mentor for mentor in named if mentor.id in there or mentor.joins]
            if len(able) == 1:
                found.append(able[0].id)
            elif able:
                remarks.append(_problem("mentors", f"Several mentors are called {shown(said)}: give the address."))
            else:
                remarks.append(_problem("mentors", f"{shown(said)} is no mentor of this programme: name or address."))
        if mentee is None:
            found += [one for one in (self.known.always, None if found else self.known.otherwise) if one]
        return tuple(dict.fromkeys(one for one in found if one not in there))


def _new(row: CohortRow, mentors: tuple[str, ...]) -> PlannedRow:
    facts = {"name": row.name, "email": row.email, **row.facts}
    goals = tuple(dict.fromkeys(row.goals))
    changes = [Change(column, "", plain(value)) for column, value in facts.items() if plain(value)]
    changes += [_goal_change(goal) for goal in goals]
    return PlannedRow(
        row.line, Action.NEW, row.name, row.email, None, tuple(changes), (), facts, goals, new_mentors=mentors
    )


def _update(row: CohortRow, mentee: KnownMentee, mentors: tuple[str, ...], remarks: list[Remark]) -> PlannedRow:
    facts: dict[str, Any] = {}
    if row.name != mentee.name:
        facts["name"] = row.name
    if row.email and row.email.casefold() != (mentee.email or "").casefold():
        facts["email"] = row.email
    facts |= {fact: value for fact, value in row.facts.items() if not _same(fact, mentee.facts[fact], value)}
    before = {"name": mentee.name, "email": mentee.email, **mentee.facts}
    changes = [Change(column, plain(before[column]), plain(value)) for column, value in facts.items()]
    new_goals, goal_changes, said = _goals(row.goals, mentee.goals)
    changes += said + [Change("mentors", "", mentor) for mentor in mentors]
    if row.goals and (kept := len(mentee.goals) - (len(row.goals) - len(new_goals))) > 0:
        noun = "goal that the file does not name stays" if kept == 1 else "goals that the file does not name stay"
        remarks.append(Remark(Level.READ_AS, "goal 1", f"{kept} {noun}."))
    if mentee.archived:
        remarks.append(_warning("", "They are archived, and stay so."))
    action = Action.UPDATE if changes else Action.UNCHANGED
    return PlannedRow(
        row.line, action, row.name, row.email, mentee.id, tuple(changes), (),
        facts, new_goals, goal_changes, mentors, mentee.version,
    )  # fmt: skip


def _goals(
    said: Sequence[RowGoal], there: Sequence[KnownGoal]
) -> tuple[tuple[RowGoal, ...], dict[str, dict[str, Any]], list[Change]]:
    """Those that are new, what changes of those that are there (by their text), and both in words."""
    waiting: dict[str, list[KnownGoal]] = defaultdict(list)
    for goal in there:
        waiting[goal.text].append(goal)
    texts = set(waiting)
    new: list[RowGoal] = []
    changed: dict[str, dict[str, Any]] = {}
    words: list[Change] = []
    for wanted in said:
        if waiting[wanted.text]:
            known = waiting[wanted.text].pop(0)
            for name in ("horizon", "weight"):
                before, after = getattr(known, name), getattr(wanted, name)
                if after is not None and after != before:
                    changed.setdefault(known.id, {})[name] = after
                    words.append(Change(f"goal {name}", plain(before), plain(after)))
        elif wanted.text not in texts:
            new.append(wanted)
            texts.add(wanted.text)
            words.append(_goal_change(wanted))
    return tuple(new), changed, words


def _goal_change(goal: RowGoal) -> Change:
    details = f"{goal.horizon or Horizon.THIS_YEAR}, weight {1.0 if goal.weight is None else goal.weight:g}"
    return Change("goal", "", f"{goal.text} ({details})")


def _same(fact: str, before: Any, after: Any) -> bool:
    """Whether a fact stays: also when it is kept in other words (`Spanish`) than the file's (`es`) for the same."""
    if before == after:
        return True
    text = plain(before)
    if not text:
        return False
    try:
        return bool(READERS[fact](text).value == after)
    except NotUnderstood:
        return False


def _key(name: str) -> str:
    return fold(name) or name.strip()


def _refused(remarks: Iterable[Remark]) -> bool:
    return any(remark.level is Level.PROBLEM for remark in remarks)


def _problem(column: str, detail: str) -> Remark:
    return Remark(Level.PROBLEM, column, detail)


def _warning(column: str, detail: str) -> Remark:
    return Remark(Level.WARNING, column, detail)
