"""A whole page as one answer."""

import datetime as dt
import json

from hypothesis import given
from hypothesis import strategies as st

from crawlers.reading.answers import answer_of
from crawlers.reading.page import PageReading, read_page
from crawlers.reading.parsing import parse_html

NOW = dt.datetime(2027, 3, 1, 12, tzinfo=dt.UTC)
FELLOWSHIP = """<html lang="en"><head><title>Rural Surgery Fellowship | Example Academy of Medicine</title></head><body>
<nav><a href="/">Home</a></nav><main><h1>Rural Surgery Fellowship</h1>
<p>The Example Academy of Medicine invites applications for a one-year clinical fellowship in Nairobi, Kenya.</p>
<p>Applicants must be resident physicians and citizens of Kenya, Uganda or Tanzania.</p>
<p>Fellows receive a monthly stipend of USD 2,000.</p>
<dl><dt>Application deadline</dt><dd><s>1 April 2027</s> 1 May 2027, 23:59 EAT (extended)</dd>
<dt>Start date</dt><dd>1 September 2027</dd></dl><p><a href="/apply">Apply online</a></p></main>
<h2>Related opportunities</h2><p>Another fellowship: deadline 9 June 2027</p></body></html>"""


def answer(markup: str) -> dict[str, object]:
    return answer_of(read_page(parse_html(markup)), NOW)


def test_the_answer_has_every_field_and_the_words_behind_it() -> None:
    read = answer(FELLOWSHIP)
    assert {
        "is_opportunity": True,
        "kind": "fellowship",
        "title": "Rural Surgery Fellowship",
        "deadline": "2027-05-01",
        "timing": "fixed",
        "status": "open",
        "start": "2027-09-01",
        "countries": ["KE"],
        "citizenship": ["KE", "UG", "TZ"],
        "funding": "stipend",
    }.items() <= {
        key: sorted(value, key="KE UG TZ".find) if key == "citizenship" else value for key, value in read.items()
    }.items()  # type: ignore[type-var, arg-type]
    assert [(d["on"], d["superseded"]) for d in read["deadlines"]] == [("2027-05-01", False), ("2027-04-01", True)]  # type: ignore[attr-defined]


def test_every_quote_stands_on_the_page() -> None:
    document = parse_html(FELLOWSHIP)
    seen = " ".join(document.text.split()) + document.title
    quotes = read_page(document).quotes
    assert {"deadline", "deadlines", "timing", "start", "countries", "kind", "title", "funding"} <= set(quotes)
    assert [name for name, quote in quotes.items() if " ".join(quote.split()) not in seen] == []


def test_the_answer_is_json() -> None:
    assert json.loads(json.dumps(answer(FELLOWSHIP)))["deadline"] == "2027-05-01"


def test_a_page_that_says_it_is_closed_has_no_deadline_to_meet() -> None:
    read = answer(FELLOWSHIP.replace("<p><a", "<p>Applications are now closed.</p><p><a"))
    assert (read["is_opportunity"], read["outcome"], read["status"], read["deadline"]) == (
        False,
        "closed",
        "closed",
        None,
    )
    assert read["quotes"]["outcome"] == "Applications are now closed."  # type: ignore[index]
    assert read["deadlines"]


def test_a_page_without_matter_is_no_opportunity() -> None:
    read = answer("<html><body><nav>Menu</nav></body></html>")
    assert (read["is_opportunity"], read["outcome"], read["deadline"], read["status"]) == (
        False,
        "not_an_opportunity",
        None,
        None,
    )


def test_a_month_is_no_day() -> None:
    reading: PageReading = read_page(
        parse_html("<main><h1>Summer fellowship</h1><p>Application deadline: May 2027. Apply online.</p></main>")
    )
    read = answer_of(reading, NOW)
    assert read["deadline"] is None
    assert read["deadlines"][0]["precision"] == "month"


def test_hints_of_the_source_stand_above_the_page() -> None:
    reading = read_page(parse_html(FELLOWSHIP), hints={"organisation": "Example Institute"})
    assert reading.organisation == "Example Institute"


@given(st.text(max_size=200))
def test_any_page_is_read(text: str) -> None:
    json.dumps(answer(f"<main><h1>{text}</h1><p>{text}</p></main>"))
