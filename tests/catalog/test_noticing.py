"""Who hears of a change: exactly those who hold it."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from catalog.noticing import OVER, TOLD_OF, Changed, Holding, notices
from catalog.words import ChangeKind, ReplyAnswer
from tests.builders import NOW

MENTORS = ("ada", "cyd")
MENTEES = ("ben", "gil", "hal")
CALLS = ("surgery", "nursing")
revs = st.integers(1, 6)
instants = st.integers(0, 9).map(lambda hours: NOW + dt.timedelta(hours=hours))

holdings = st.lists(
    st.builds(
        Holding,
        mentee_id=st.sampled_from(MENTEES),
        opportunity_id=st.sampled_from(CALLS),
        owner=st.none() | st.sampled_from(MENTORS),
        since=instants,
        rev=st.none() | revs,
        forward_id=st.none() | st.sampled_from(["fwd_1", "fwd_2"]),
        answer=st.none() | st.sampled_from(ReplyAnswer),
    ),
    max_size=8,
)
changes = st.lists(
    st.builds(
        Changed,
        id=st.uuids().map(str),
        opportunity_id=st.sampled_from(CALLS),
        kind=st.sampled_from(ChangeKind),
        rev=revs,
        at=instants,
    ),
    max_size=5,
    unique_by=lambda one: one.id,
)
mentors = st.fixed_dictionaries({name: st.lists(st.sampled_from(MENTORS), unique=True) for name in MENTEES})


@given(changes, holdings, mentors)
def test_the_notices_are_the_holders_of_what_changed(
    changed: list[Changed], held: list[Holding], who: dict[str, list[str]]
) -> None:
    found = notices(changed, held, who)

    expected = set()
    for change in changed:
        for mentor in MENTORS:
            for mentee in MENTEES:
                for one in held:
                    theirs = one.owner == mentor or (one.owner is None and mentor in who[mentee])
                    before = one.rev < change.rev if one.rev is not None else one.since <= change.at
                    holds = (one.mentee_id, one.opportunity_id) == (mentee, change.opportunity_id)
                    if theirs and before and holds and one.answer not in OVER and change.kind in TOLD_OF:
                        expected.add((change.id, mentor, mentee))
    keys = [(one.change_id, one.mentor_id, one.mentee_id) for one in found]
    assert set(keys) == expected
    assert len(keys) == len(expected), "once for each change and holder"
