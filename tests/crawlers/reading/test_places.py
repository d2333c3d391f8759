"""Where it happens, apart from who may apply."""

import pytest

from crawlers.reading.document import Block, Document
from crawlers.reading.parsing import parse_text
from crawlers.reading.places import country_named, places_in


def _countries(text: str, url: str | None = None) -> set[str | None]:
    return {place.country for place in places_in(parse_text(text, url=url)).places}


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("Scholarship 2026 in UK", {"GB"}),
        ("The school is held in Kampala, Uganda, from 3 to 7 May.", {"UG"}),
        ("Long Beach Convention Center, Long Beach, CA, USA", {"US"}),
        ("Venue: De Example Hall, Utrecht", {"NL"}),
        ("Страна: Япония", {"JP"}),
        ("Two weeks in New York, eight weeks abroad (likely Kenya or Cameroon).", {"US", "KE", "CM"}),
        ("Training takes place in Australia and/or New Zealand.", {"AU", "NZ"}),
        ("Le colloque aura lieu à Genève.", {"CH"}),
        ("Die Tagung findet in Österreich statt.", {"AT"}),
        ("A leadership year for African women.", set()),
        ("Applicants must be citizens of Kenya, Tanzania or Uganda.", set()),
        ("Open to researchers from Brazil and Mexico.", set()),
        ("Location: worldwide. The stipend at Geneva amounts to USD 1,500.", set()),
        ("The first meeting was held in Japan in 2001. The tenth takes place in Penang, Malaysia.", {"MY"}),
        ("Guest editor: Prof. A. Example, University of Example, Boston, USA", set()),
        ("Nothing about a place.", set()),
        ("Стажировка проходит в Москве.", {"RU"}),
        ("Обучение в Японии, 3 недели.", {"JP"}),
        ("EXC 2031 | 3-5 July 2031 | Exampleton, Czech Republic", {"CZ"}),
        ("The 9th Euro-China Conference takes place in June.", set()),
        ("Ryan Cali", set()),
    ],
)
def test_the_host_country_is_read_and_nationality_is_not(text: str, countries: set[str]) -> None:
    assert _countries(text) == countries


def test_a_city_comes_with_its_country_and_its_words() -> None:
    (place,) = places_in(parse_text("The course takes place in Dar es Salaam in June.")).places
    assert (place.country, place.city) == ("TZ", "Dar es Salaam")
    assert place.quote == "The course takes place in Dar es Salaam in June."


def test_structured_data_is_surest() -> None:
    location = {"@type": "Place", "address": {"addressLocality": "Lisboa", "addressCountry": "PT"}}
    document = Document(
        blocks=(Block("The meeting in Paris was a success."),), structured=({"@type": "Event", "location": location},)
    )
    (place,) = places_in(document).places
    assert (place.country, place.city) == ("PT", "Lisboa")


@pytest.mark.parametrize(
    ("url", "countries"),
    [
        ("https://med.example.ac.lk/electives", {"LK"}),
        ("https://hospital.example.edu/observers", {"US"}),
        ("https://www.example.nhs.uk/fellowships", {"GB"}),
        ("https://example.io/fellowship", set()),
        ("https://scholarships-example.ng/who", set()),
        ("https://example.org/", set()),
        ("not an address", set()),
    ],
)
def test_an_institutions_own_domain_tells_when_the_page_does_not(url: str, countries: set[str]) -> None:
    assert _countries("Apply three months ahead.", url) == countries


@pytest.mark.parametrize(
    ("text", "remote"),
    [
        ("Format: online", True),
        ("The course will be held online via Zoom.", True),
        ("Submit your application online.", None),
        ("A hybrid programme with one week in person; meetings are held online.", None),
        ("In person or online, as you like.", True),
        ("There is no virtual participation.", False),
        ("In Utrecht.", None),
    ],
)
def test_taking_part_from_afar_only_where_the_page_says_so(text: str, remote: bool | None) -> None:
    assert places_in(parse_text(text)).remote is remote


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Kampala, Uganda", "UG"),
        ("U.S.", "US"),
        ("contact us", None),
        ("Côte d’Ivoire", "CI"),
        ("Deutschland", "DE"),
        ("Atlanta, Georgia", "US"),
        ("Kenya and Uganda", None),
        ("chad", None),
        ("", None),
    ],
)
def test_the_one_country_of_a_short_text(text: str, code: str | None) -> None:
    assert country_named(text) == code


def test_a_city_in_another_case_is_given_by_its_name() -> None:
    (place,) = places_in(parse_text("Стажировка проходит в Москве.")).places
    assert (place.country, place.city) == ("RU", "Москва")


def test_results_posted_online_make_nothing_remote() -> None:
    assert places_in(parse_text("Results are posted online. Interviews are held online.")).remote is None
