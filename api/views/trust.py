"""The reasons to trust a call, made from the call as it is kept and what registers said of its journal."""

from urllib.parse import urlsplit

from api.schemas.trust import TrustReasonView
from catalog.tables import JournalRecord, Opportunity
from recommender.trust import Register, Subject, trust_reasons

_ENOUGH = 20_000  # characters of a description; what a call says of itself stands at its beginning


def trust_views(opportunity: Opportunity, journal: JournalRecord | None) -> list[TrustReasonView]:
    """The reasons for, against and not known; none for kinds that have no such light."""
    subject = Subject(
        kind=opportunity.kind,
        organisation=opportunity.organisation,
        host=(urlsplit(opportunity.url).hostname or "").lower(),
        text=f"{opportunity.title}\n{(opportunity.description or opportunity.summary)[:_ENOUGH]}",
        fees=tuple((one.purpose, one.high or one.low, one.currency or "", one.quote) for one in opportunity.money),
    )
    return [
        TrustReasonView(
            side=reason.side, code=reason.code, text=reason.text, witness=reason.witness, quote=reason.quote
        )
        for reason in trust_reasons(subject, register_of(journal))
    ]


def register_of(journal: JournalRecord | None) -> Register:
    """What registers said, as far as they were asked."""
    if journal is None:
        return Register()
    return Register(
        asked=journal.asked_at is not None,
        in_doaj=journal.in_doaj,
        institution=journal.institution,
        charges=journal.charges,
        charge=journal.charge,
        currency=journal.currency,
        in_crossref=journal.in_crossref,
        works=journal.works,
    )
