"""An aggregator's post names its organiser only when a sentence says that a body acts."""

import pytest

from crawlers.bases.organisers import organiser_named
from crawlers.bases.prose import document_of

TITLE = "Example Fellowship 2027"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Example Trust invites nurses to apply.", "Example Trust"),
        ("Example House runs a fellowship for midwives.", "Example House"),
        ("The Institute of Example Medicine (IEM) is now accepting applications.", "Institute of Example Medicine"),
        ("L'Association Exemple Santé propose douze stages.", "Association Exemple Santé"),
        ("Seven hospitals of the Example Ward Network take observers.", "Example Ward Network"),
    ],
)
def test_a_body_that_acts_is_named_with_its_sentence(text: str, name: str):
    assert organiser_named(document_of(f"<p>Deadline: May 1, 2027</p><p>{text}</p>", title=TITLE)) == (name, text)


@pytest.mark.parametrize(
    "text",
    [
        "The Example Fellowship offers ten places.",
        "Applicants takes part in rounds.",
        "This offers a stipend.",
        "The programme offers a stipend.",
        "Dr Ada Example invites you to apply.",
        "A fellowship is offered each year.",
    ],
)
def test_programmes_people_and_pronouns_are_no_organisers(text: str):
    assert organiser_named(document_of(f"<p>{text}</p>", title=TITLE)) == ("", "")
