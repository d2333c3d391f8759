"""Where people will be once they are taken on is told apart from where applicants have to live."""

import pytest

from crawlers.reading.stays import will_be_there


@pytest.mark.parametrize(
    ("before", "after", "there"),
    [
        ("Fellows work in a hospital in ", " for six weeks.", True),
        ("You will be working in a clinic in ", ".", True),
        ("Doctors working at a hospital in ", " for three months.", True),
        ("Applicants must be working in ", " for the whole year.", False),
        ("Nurses working in ", " for at least two years.", False),
        ("You are based in ", ".", False),
    ],
)
def test_a_stay_is_no_residence(before: str, after: str, there: bool) -> None:
    assert will_be_there(before, after) is there
