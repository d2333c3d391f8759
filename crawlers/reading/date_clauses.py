"""What the words on one side of a date make of it, in the languages calls are written in."""

import re
from dataclasses import dataclass
from functools import cache, cached_property

from catalog.words import DeadlinePurpose
from crawlers.reading.cues import begins_window, cue, is_extension, purpose_of, speaks_of_deadlines
from crawlers.reading.patterns import table
from crawlers.reading.roles import Role, Sense

_REACH_OF_TERM = 70
_LONGEST_LABEL = 70
_DECIDED = re.compile(r"\b(?:we|organi[sz]ers|committee|editors|board|jury|decided|agreed)\b", re.I)
_HANDS_IN_ITSELF = re.compile(r"submi|due|regist", re.I)
_JOIN = 45
"""Characters: closer than this, "deadline" and "notification" speak of one thing."""
_TOUCH = 3
Span = tuple[int, int]


def sense_of(before: str, after: str = "", *, labelled: bool = False, hint: str = "") -> Sense:
    """Say what the words `before` a date (else those `after` it) make of it.

    `labelled`: the words form a label or list entry of their own, so that "Paper submission" alone
    names a deadline. `hint` (a heading, the page's title) fills in what is handed in.
    """
    for words, is_before in ((before, True), (after, False)):
        if words.strip():
            sense = _judged(_Clause(words, is_before, labelled, hint, after if is_before else ""))
            if sense.role is not Role.NONE:
                return sense
    return Sense(Role.NONE)


@cache
def _by() -> re.Pattern[str]:
    """Words such as "by" or "until" when the date comes right after them."""
    return re.compile(
        rf"(?:^|[\s(])(?:{'|'.join(table('dates')['by'])})"
        r"\W*(?:the |den |dem |midnight\W|noon\W|end of\W|(?:end|close) of (?:the )?day\W|on\W"
        r"|close of business\W|cob\W)*$",
        re.IGNORECASE,
    )


_OTHERS = (
    (Role.MONEY, "money"),
    (Role.FINAL, "final"),
    (Role.DECISION, "decision"),
    (Role.UPDATED, "updated"),
    (Role.POSTED, "posted"),
    (Role.OPENS, "opens"),
    (Role.PAST, "past"),
    (Role.STARTS, "starts"),
    (Role.ENDS, "ends"),
    (Role.EVENT, "event"),
)


@dataclass(frozen=True)
class _Clause:
    """The words on one side of a date: before it, or after it. See `sense_of`."""

    words: str
    is_before: bool
    labelled: bool
    hint: str
    beyond: str = ""  # what stands on the date's other side

    @cached_property
    def hands_in(self) -> bool:
        """Whether it speaks of handing something in, if need be with a verb at its end, after the date."""
        beyond = self.beyond and cue("verbs_at_the_end").search(self.beyond)
        return bool(beyond) or cue("hand_in").search(self.words) is not None

    @cached_property
    def extends(self) -> bool:
        """Whether it says that the date replaces an earlier one."""
        return is_extension(self.words)

    @property
    def is_label(self) -> bool:
        """Whether it is a label or entry of a list, and short enough for one."""
        return self.labelled and len(self.words) <= _LONGEST_LABEL

    def nearest(self, name: str) -> Span | None:
        """The match closest to the date: the last one before it, the first one after it."""
        found: Span | None = None
        for match in cue(name).finditer(self.words):
            found = match.span()
            if not self.is_before:
                break
        return found

    def closeness(self, near: Span) -> int:
        """How close to the date a match stands; more is closer."""
        return near[1] if self.is_before else len(self.words) - near[0]


def _judged(clause: _Clause) -> Sense:
    """What a clause makes of its date: whatever names it from closest by."""
    if clause.is_before and cue("told_to").search(clause.words) and not _DECIDED.search(clause.words):
        return Sense(Role.NONE)
    now = _judged_now(clause)
    return Sense(Role.PAST, if_ahead=now) if clause.is_before and cue("last_time").search(clause.words) else now


def _judged_now(clause: _Clause) -> Sense:
    """The same, where nothing is told of the last time."""
    if clause.is_before and begins_window(clause.words):
        return Sense(Role.OPENS)
    due = _due(clause)
    others = [(near, role) for role, name in _OTHERS if (near := clause.nearest(name)) is not None]
    if due is None and clause.extends and (clause.hands_in or clause.is_label):
        due = clause.nearest("extended")
    if due is None:
        return _without_due(clause, others)
    rivals = [(near, role) for near, role in others if _beats(near, role, due, clause)]
    if rivals:
        return Sense(_closest(clause, rivals), extended=clause.extends)
    return _deadline(clause)


def _due(clause: _Clause) -> Span | None:
    """Where a clause names a deadline, or says by when something is to be handed in."""
    due = clause.nearest("deadline")
    by = _handing_in_by(clause)
    if by is not None and (due is None or due[0] < by[0]):
        due = by
    if due is None and (clause.hands_in or (speaks_of_deadlines(clause.hint) and clause.labelled)):
        due = clause.nearest("weak_deadline")
        far_off = due is not None and len(clause.words) - due[1] > _REACH_OF_TERM
        if due is not None and clause.is_before and (far_off or _is_no_handing_in(clause.words[: due[0]])):
            return None
    return due


def _handing_in_by(clause: _Clause) -> Span | None:
    """Where "by" or "until" stands right before the date, and something is handed in by then."""
    by = _by().search(clause.words) if clause.is_before and clause.hands_in else None
    if by is None or _is_no_handing_in(clause.words[: by.start()]):
        return None
    return by.start(), len(clause.words)


def _without_due(clause: _Clause, others: list[tuple[Span, Role]]) -> Sense:
    """What a clause without a word for a deadline makes of its date: a label may be what is handed in alone."""
    if not others:
        hands_in = clause.is_label and cue("handed_in").search(clause.words) and not cue("invites").search(clause.words)
        return _deadline(clause, sure=False) if hands_in else Sense(Role.NONE)
    role = _closest(clause, others)
    may_be_due = role in (Role.EVENT, Role.PAST, Role.STARTS) and clause.is_label and clause.hands_in
    if may_be_due and _HANDS_IN_ITSELF.search(clause.words):
        return _deadline(clause, sure=False)
    return Sense(role)


def _closest(clause: _Clause, named: list[tuple[Span, Role]]) -> Role:
    return max(named, key=lambda pair: clause.closeness(pair[0]))[1]


def _is_no_handing_in(leading: str) -> bool:
    """Whether what must be over by a date is a contract, a degree or the like, and not the application."""
    return bool(cue("lasts").search(leading[-_REACH_OF_TERM:]) or cue("qualified").search(leading[-_REACH_OF_TERM:]))


def _deadline(clause: _Clause, sure: bool = True) -> Sense:
    early = bool(cue("early").search(clause.words))
    return Sense(
        Role.DEADLINE,
        DeadlinePurpose.OTHER if early else purpose_of(clause.words, clause.hint),
        extended=clause.extends,
        early=early,
        optional=bool(cue("optional").search(clause.words)),
        sure=sure,
    )


def _beats(near: Span, role: Role, due: Span, clause: _Clause) -> bool:
    """Whether another cue, and not the deadline word, speaks of the date."""
    gap = max(near[0] - due[1], due[0] - near[1], 0)
    closer = clause.closeness(near) > clause.closeness(due)
    if role in (Role.MONEY, Role.FINAL, Role.DECISION):
        return closer or gap <= _JOIN
    return closer and gap > _TOUCH
