"""Titles without site names, organisations without people."""

import pytest

from crawlers.reading.document import Block, Document
from crawlers.reading.names import is_person, organisation_of, title_of
from crawlers.reading.parsing import parse_html


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        ("<title>Example Fellowship | Careers | Example Agency</title>", "Example Fellowship"),
        ("<title>Example Fellowship | Careers</title><h1>Example Fellowship 2027</h1>", "Example Fellowship 2027"),
        ("<title>Example Symposium 2027 - Example University</title>", "Example Symposium 2027"),
        (
            "<title>Call for Papers | Example Workshop</title><h1>Call for Papers</h1>",
            "Call for Papers – Example Workshop",
        ),
        (
            "<title>Registration — 9th Example Congress</title><h1>Registration</h1>",
            "Registration – 9th Example Congress",
        ),
        (
            "<title>Welcome</title><h1>Home</h1><h2>Summer School on Example Methods</h2>",
            "Summer School on Example Methods",
        ),
        ("<title>Events</title><h1>Open: Example Elective</h1>", "Example Elective"),
    ],
)
def test_the_title_is_what_the_page_is_about(markup: str, title: str) -> None:
    found, quote = title_of(parse_html(markup + "<p>Some matter of its own stands here.</p>"))
    assert found == title
    assert quote


def test_a_page_without_title_takes_its_first_words() -> None:
    assert (
        title_of(Document(blocks=(Block("A fellowship in example medicine."),)))[0]
        == "A fellowship in example medicine."
    )
    assert title_of(Document(blocks=())) == ("", "")


@pytest.mark.parametrize(
    ("markup", "organisation"),
    [
        ('<script type="application/ld+json">{"@type":"JobPosting","hiringOrganization":{"@type":"Organization","name":"Example Trust"}}</script>', "Example Trust"),
        ('<script type="application/ld+json">{"@type":"Event","organizer":{"@type":"Person","name":"Ada Example"}}</script><p>Organised by the Example Society of Medicine.</p>', "Example Society of Medicine"),
        ("<p>The course is hosted by the Example University Hospital in spring.</p>", "Example University Hospital"),
        ('<meta property="og:site_name" content="Example Foundation">', "Example Foundation"),
        ("<footer>© 2026 Example Health Network. All rights reserved.</footer>", "Example Health Network"),
        ("<footer>© 2026 Mehdi Example</footer>", ""),
        ("<title>Elective | Example Clinic</title>", "Example Clinic"),
        ("<p>Nobody is named.</p>", ""),
    ],
)  # fmt: skip
def test_the_organisation_is_never_a_person(markup: str, organisation: str) -> None:
    assert organisation_of(parse_html(f"{markup}<p>x</p>"))[0] == organisation


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("Dr. Ada Example", True),
        ("Maria Example", True),
        ("Jane Example, MD", True),
        ("Maria Example Foundation", False),
        ("Global Fund", False),
    ],
)
def test_people_are_told_from_organisations(name: str, person: bool) -> None:
    assert is_person(name) is person
