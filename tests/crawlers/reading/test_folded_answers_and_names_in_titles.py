"""What a page keeps folded under a button, and titles in which a site's name comes first."""

import datetime as dt

import pytest

from crawlers.reading.names import organisation_of, title_of
from crawlers.reading.page import read_page
from crawlers.reading.parsing import parse_html


@pytest.mark.parametrize(
    "folded",
    [
        '<div role="button" aria-controls="a2">Until when can I apply?</div><div id="a2" hidden>{}</div>',
        '<a data-toggle="tab" href="#when">Dates</a><div id="when" style="display:none"><p>{}</p></div>',
        '<button data-bs-target="#more">More</button><div id="more" class="hidden"><p>{}</p></div>',
    ],
)
def test_what_a_click_opens_is_read(folded: str) -> None:
    answer = folded.format("The form stays open until the end of 31 January 2027 (midnight CET).")
    page = f"<h1>Leadership school</h1><p>Three days of training for doctors.</p>{answer}"
    main = read_page(parse_html(page), as_of=dt.date(2026, 11, 23)).main
    assert main is not None
    assert main.on == dt.date(2027, 1, 31)


def test_what_nothing_opens_is_not_read() -> None:
    page = '<button aria-controls="menu">Menu</button><p>Seen</p><p hidden id="old">Deadline: 1 May 2020</p>'
    assert [block.text for block in parse_html(page).main] == ["Menu", "Seen"]


@pytest.mark.parametrize(
    ("title", "heading", "body"),
    [
        ("Rosswood Trust - Bursaries for rural midwives", "Bursaries for rural midwives", "Rosswood Trust"),
        ("Institut Delmare - Bourse « Année-recherche » 2027", "Bourse « Année-recherche » 2027", "Institut Delmare"),
        ("Bursaries for rural midwives - Rosswood Trust", "Bursaries for rural midwives", "Rosswood Trust"),
        ("緑風会 - 海外研修 助成のご案内", "海外研修 助成のご案内", "緑風会"),
    ],
)
def test_a_title_and_whose_it_is_are_told_apart_in_either_order(title: str, heading: str, body: str) -> None:
    page = parse_html(f"<title>{title}</title><header><nav><a href='/'>{body}</a></nav></header><h1>{heading}</h1>")
    assert title_of(page)[0] == heading
    assert organisation_of(page)[0] == body


def test_a_files_name_is_no_title() -> None:
    page = parse_html("<title>hepatology_fellow</title><p>Visiting fellowship in hepatology</p>")
    assert title_of(page)[0] == "Visiting fellowship in hepatology"
