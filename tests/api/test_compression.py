"""Which of our encodings a client takes, whatever it writes."""

import pytest

from api.compression import encoding_for


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("", ""),
        ("gzip, deflate, br", "br"),
        ("GZIP; Q=0.5, br;q=0", "gzip"),
        ("br;q=0.000, gzip;q=.0", ""),
        ("gzip;q=1.", "gzip"),
        ("gzip;q=.", "gzip"),
        ("br;q=1.0.0", "br"),
        ("gzip;q=", "gzip"),
    ],
)
def test_the_best_that_is_taken_is_sent_and_what_is_no_number_counts_as_none(accepted: str, encoding: str) -> None:
    assert encoding_for(accepted) == encoding
