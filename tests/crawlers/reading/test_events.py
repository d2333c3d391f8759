"""When the thing itself takes place."""

import pytest

from crawlers.reading.events import events_in
from crawlers.reading.parsing import parse_html
from crawlers.reading.timeline import timeline_of


def dates(markup: str, *, is_event: bool = True) -> tuple[str, str]:
    document = parse_html(f"<main>{markup}</main>")
    found = events_in(document, timeline_of(document), is_event=is_event)
    return str(found.starts and found.starts.on), str(found.ends and found.ends.on)


@pytest.mark.parametrize(
    ("markup", "first", "last"),
    [
        ("<p>The symposium will be held on 3-5 July 2027 in Example City.</p>", "2027-07-03", "2027-07-05"),
        ("<p>Papers due: 1 May 2027</p><p>Workshop: 3 July 2027</p>", "2027-07-03", "2027-07-03"),
        ("<h1>Example Meeting</h1><p>Example City, July 3-5, 2027</p><p>Abstracts due 1 May 2027.</p>", "2027-07-03", "2027-07-05"),
        ("<dl><dt>Date</dt><dd>Friday 2 July 2027</dd></dl>", "2027-07-02", "2027-07-02"),
        ("<p>Das Seminar findet vom 3. bis 5. Juli 2027 statt: 3.–5. Juli 2027.</p>", "2027-07-03", "2027-07-05"),
        ("<p>18 - 19 October 2027</p><p>The symposium is hosted on October 19th and 20th.</p>", "2027-10-18", "2027-10-19"),
    ],
)  # fmt: skip
def test_an_events_days_are_read(markup: str, first: str, last: str) -> None:
    assert dates(markup) == (first, last)


def test_structured_data_comes_first() -> None:
    script = '<script type="application/ld+json">{"@type":"Event","startDate":"2027-07-03T09:00","endDate":"2027-07-04"}</script>'
    assert dates(f"{script}<p>Conference: 9 July 2027</p>") == ("2027-07-03", "2027-07-04")


@pytest.mark.parametrize(
    ("markup", "start"),
    [
        ("<p>The fellowship begins on 1 September 2027.</p>", "2027-09-01"),
        ("<p>Applications due 1 May 2027.</p><p>Start date: September 2027</p>", "2027-09-01"),
    ],
)
def test_what_one_applies_for_has_a_start(markup: str, start: str) -> None:
    assert dates(markup, is_event=False)[0] == start


@pytest.mark.parametrize(
    "markup",
    ["<p>Posted 1 May 2027</p>", "<p>Application deadline: 1 May 2027</p>", "<p>The last meeting was held in May 2025.</p>", "<p>Notification: 1 May 2027</p>"],
)  # fmt: skip
def test_other_dates_are_no_events(markup: str) -> None:
    assert dates(markup) == ("None", "None")


def test_a_posts_date_near_the_top_of_a_fellowship_is_no_start() -> None:
    assert dates("<h1>Fellowship</h1><p>3 May 2027</p><p>About it.</p>", is_event=False) == ("None", "None")
