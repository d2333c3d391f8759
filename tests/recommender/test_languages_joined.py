"""An "or" that joins other things than languages excuses none of them."""

import pytest

from recommender.languages_joined import ALL, MIXED, ONE, how_joined


@pytest.mark.parametrize(
    ("quote", "joined"),
    [
        ("Applicants must speak English and German.", ALL),
        ("Doctors or nurses must speak English and German.", ALL),
        ("Applicants must be fluent in English, French or Spanish.", ONE),
        ("Doctors and nurses fluent in English or French.", ONE),
        ("Fluency in English and either Spanish or French is required.", MIXED),
    ],
)
def test_what_stands_between_the_names_tells_whether_one_will_do(quote: str, joined: str) -> None:
    assert how_joined(quote) == joined
