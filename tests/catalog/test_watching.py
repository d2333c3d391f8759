"""Addresses that may be watched, in one spelling, and advice for every way a reading can go."""

import pytest

from catalog import watching
from catalog.addresses import AddressRefused
from catalog.watching import Watched, advice, hosts_of, watchable
from catalog.words import RunVerdict


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://Trust.Example.org", "https://trust.example.org/"),
        (" http://trust.example.org:80/a?b=c#d ", "http://trust.example.org/a?b=c"),
        ("https://trust.example.org:8443/a", "https://trust.example.org:8443/a"),
        ("https://müller.example.org/a", "https://xn--mller-kva.example.org/a"),
        ("https://straße.example.org/a", "https://xn--strae-oqa.example.org/a"),
        ("https://trust.example.org./a", "https://trust.example.org/a"),
    ],
)
def test_an_address_is_kept_in_one_spelling(url: str, kept: str) -> None:
    assert watchable(url) == kept == watchable(kept)


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "https://[::ffff:10.0.0.1]/", "http://0x7f000001/", "//x/", "",
    "http://169。254。169。254/latest/", "http://１０．0．0．1/", "http://localhost。/", "http://127｡0｡0｡1/"])  # fmt: skip
def test_what_may_not_be_fetched_may_not_be_watched(url: str) -> None:
    with pytest.raises(AddressRefused):
        watchable(url)


def test_a_pages_host_is_asked_with_and_without_www() -> None:
    pages = (Watched("1", "https://www.a.example.org/x"), Watched("2", "https://b.example.org/"))
    assert hosts_of(pages) == ("a.example.org", "b.example.org", "www.a.example.org", "www.b.example.org")


CODES = [value for name, value in vars(watching).items() if name.isupper() and isinstance(value, str)]


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("nights", [1, watching.MANY_NIGHTS])
def test_whatever_went_wrong_there_is_something_to_do(code: str, nights: int) -> None:
    assert advice(RunVerdict.FAILED, f"{code}: particulars", nights)


def test_what_is_well_needs_no_advice() -> None:
    assert advice(RunVerdict.HEALTHY, "", 0) == advice(None, "", 0) == ""


def test_what_goes_on_for_nights_is_for_a_person() -> None:
    soon, later = (advice(RunVerdict.FAILED, "gone: 404", nights) for nights in (1, 3))
    assert "tomorrow" in soon
    assert "Find its new address" in later
