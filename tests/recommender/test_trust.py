"""Why to trust a journal's call or an event: the words it rests on, both ways, and what is not known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.words import Kind, MoneyPurpose
from recommender.trust import Register, Side, Subject, TrustReason, trust_reasons


def codes(
    text: str = "",
    *,
    kind: Kind = Kind.JOURNAL_CALL,
    organisation: str = "Example Journal",
    host: str = "example.org",
    register: Register | None = None,
) -> dict[str, Side]:
    subject = Subject(kind, organisation, host, text)
    return {reason.code: reason.side for reason in trust_reasons(subject, register)}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("We offer guaranteed publication of your work.", "acceptance_promised"),
        ("Publication is guaranteed for all authors.", "acceptance_promised"),
        ("Fast publication guaranteed.", "acceptance_promised"),
        ("All submitted papers will be published in a Scopus journal.", "acceptance_promised"),
        ("Your paper is reviewed and published within 3-5 days.", "hurry"),
        ("Get a decision in 48 hours!", "hurry"),
        ("Dear Esteemed Researcher, greetings of the day!", "flattery"),
        ("We came across your recent article and were impressed.", "flattery"),
        ("Our Global Impact Factor is 7.9.", "invented_metric"),
        ("Low publication fees for authors from Africa.", "money_first"),
        ("Submit your manuscript to editor.examplejournal@gmail.com", "free_mailbox"),
        ("We publish all fields of science.", "any_subject"),
    ],
)
def test_wording_of_bulk_invitations_speaks_against_a_journal(text: str, code: str):
    against = {name for name, side in codes(text).items() if side is Side.AGAINST}
    assert code in against


@pytest.mark.parametrize(
    "text",
    [
        "Rapid Publication: a first decision is provided approximately 22.4 days after submission.",
        "Authors may ask for a waiver of the charge before submission.",
        "Submission deadline: 31 March 2027. The review takes eight weeks.",
        "We expect a first decision within 30 days.",
        "Published within the special issue in May 2027.",
        "There is no guarantee of acceptance.",
        "An invitation to submit does not guarantee publication.",
        "Presenters get a discount of 20% on the article fee.",
        "The multidisciplinary team invites papers on stroke care.",
    ],
)
def test_honest_wording_speaks_against_nobody(text: str):
    assert [name for name, side in codes(text).items() if side is Side.AGAINST] == []


def test_a_reason_keeps_the_sentence_that_it_rests_on():
    subject = Subject(
        Kind.JOURNAL_CALL, "X", "example.org", "We write of care. Publication is guaranteed for all. Write!"
    )
    reason = next(one for one in trust_reasons(subject) if one.side is Side.AGAINST)
    assert reason.quote == "Publication is guaranteed for all."
    assert reason.witness == "page"


def test_what_registers_say_speaks_for_a_journal():
    register = Register(
        asked=True, in_doaj=True, institution="Example Society of Nursing", charges=False, in_crossref=True, works=1234
    )
    found = codes(register=register)
    assert found == dict.fromkeys(("in_doaj", "institution", "in_crossref", "no_charge"), Side.FOR)
    texts = [one.text for one in trust_reasons(Subject(Kind.JOURNAL_CALL, "X", "example.org", ""), register)]
    assert "Crossref registers 1,234 articles of it." in texts


def test_not_being_listed_is_a_question_and_no_reproach():
    found = codes(register=Register(asked=True, in_doaj=False, in_crossref=False))
    assert found == {
        "not_in_doaj": Side.UNKNOWN,
        "not_in_crossref": Side.UNKNOWN,
        "charge_unknown": Side.UNKNOWN,
    }


def test_what_was_never_asked_is_said_to_be_unknown():
    reasons = trust_reasons(Subject(Kind.JOURNAL_CALL, "X", "example.org", ""))
    assert [(reason.code, reason.side) for reason in reasons] == [
        ("register_unknown", Side.UNKNOWN),
        ("charge_unknown", Side.UNKNOWN),
    ]
    assert "have not been asked yet" in reasons[0].text


def test_a_charge_on_the_page_is_said_with_its_words():
    fees = ((MoneyPurpose.ARTICLE_CHARGE, 2700.0, "CHF", "The APC is 2700 CHF."),)
    reasons = trust_reasons(Subject(Kind.JOURNAL_CALL, "X", "example.org", "", fees), Register(charges=False))
    stated = next(one for one in reasons if one.code == "charge_stated")
    assert stated == TrustReason(
        Side.FOR, "charge_stated", "The call says openly what it charges (2,700 CHF).", "page", "The APC is 2700 CHF."
    )


@pytest.mark.parametrize(
    ("host", "code"),
    [
        ("www.example.edu", "public_address"),
        ("health.example.ac.uk", "public_address"),
        ("www.example.int", "public_address"),
        ("example-conference.blogspot.com", "free_address"),
        ("example.ac", None),
        ("example.org", None),
        ("academy.com", None),
    ],
)
def test_an_address_that_not_everybody_gets_is_told_from_one_that_anybody_gets(host: str, code: str | None):
    found = {name for name in codes(kind=Kind.WORKSHOP, host=host) if name.endswith("_address")}
    assert found == ({code} if code else set())


def test_an_event_by_nobody_is_minded_and_one_by_a_society_is_not():
    assert codes(kind=Kind.WORKSHOP, organisation="")["organiser_unnamed"] is Side.AGAINST
    text = "The official congress of the Example Society of Surgery. CME credits are given."
    assert codes(text, kind=Kind.WORKSHOP) == {"society": Side.FOR, "accredited": Side.FOR}


def test_seats_for_sale_speak_against_an_event_only():
    text = "Limited speaker slots available: register now."
    assert codes("Speaker slots are available.", kind=Kind.WORKSHOP) == {"seat_for_sale": Side.AGAINST}
    assert "seat_for_sale" not in codes(text)


@pytest.mark.parametrize("kind", [Kind.FELLOWSHIP, Kind.INTERNSHIP])
def test_other_kinds_have_no_trust_light(kind: Kind):
    assert codes("Publication is guaranteed.", kind=kind, organisation="") == {}


@given(st.text(max_size=300), st.sampled_from([Kind.JOURNAL_CALL, Kind.WORKSHOP]))
def test_reasons_for_come_before_those_against_and_before_what_is_unknown(text: str, kind: Kind):
    sides = [list(Side).index(one.side) for one in trust_reasons(Subject(kind, "", "example.edu", text))]
    assert sides == sorted(sides)


@given(st.text(max_size=200))
def test_every_quote_stands_in_the_text(text: str):
    whole = f"{text} Publication is guaranteed. {text}"
    for reason in trust_reasons(Subject(Kind.JOURNAL_CALL, "X", "example.org", whole)):
        assert reason.quote in " ".join(whole.split())
