"""What is refused at a glance would be refused when read whole: a glance sees more words, never fewer."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.site import pages
from crawlers.bases.glances import glance
from crawlers.bases.programme_pages import _SIGNS, _STATED, statements, why_no_programme
from crawlers.bases.prose import page_of
from crawlers.bases.saved import Saved

NOW = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)


def saved(body: bytes, url: str = "https://example.org/a-page") -> Saved:
    return Saved(body, url, NOW, "text/html; charset=utf-8")


@pytest.mark.parametrize("mix", ["mixed", "calls"])
def test_a_call_passes_and_other_pages_are_refused_for_the_same_reason_as_when_read_whole(mix: str) -> None:
    for path, body in pages(40, mix):
        hasty = glance(saved(body, f"https://example.org{path}"))
        assert hasty is not None
        whole = page_of(saved(body, f"https://example.org{path}"))
        assert set(statements(whole)) <= set(statements(hasty))
        assert bool(why_no_programme(hasty)) <= bool(why_no_programme(whole))
        assert (why_no_programme(hasty) == "") == path.startswith("/programme")
        assert hasty.title == whole.heading


@given(st.data(), st.sampled_from(sorted(_STATED)))
def test_every_wording_holds_one_of_its_signs(data: st.DataObject, name: str) -> None:
    wording = data.draw(st.from_regex(_STATED[name], fullmatch=True, alphabet=st.characters(codec="ascii")))
    assert any(sign in wording.lower() for sign in _SIGNS[name])


def test_words_in_scripts_styles_and_comments_do_not_count() -> None:
    hidden = "<script>apply now $500</script><style>.fee{}</style><!-- 8 weeks -->"
    found = glance(saved(f"<html><title>T</title><h1>News</h1>{hidden}<p>Nothing</p></html>".encode()))
    assert found is not None
    assert found.blocks[0].text == "T News Nothing"


@pytest.mark.parametrize(
    "body", [b'<script type="application/ld+json">{}</script><h1>A</h1>', b"no markup at all", b"<p>no title</p>"]
)
def test_where_a_glance_cannot_tell_the_page_is_read_whole(body: bytes) -> None:
    assert glance(saved(body)) is None
