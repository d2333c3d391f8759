"""A deadline to put into one's own calendar: as exactly as it is known, and none where no day is."""

import datetime as dt

import httpx
from icalendar import Calendar

from catalog.drafts import Deadline
from catalog.words import Precision
from tests.api.serving import Served
from tests.builders import make_opportunity, save

DAY = dt.date(2027, 5, 31)
AT = dt.datetime(2027, 6, 1, 11, 59, tzinfo=dt.UTC)


def test_a_day_is_a_whole_day_an_instant_an_instant_and_a_month_nothing(served: Served, ada: httpx.Client) -> None:
    exact = Deadline(precision=Precision.INSTANT, on=DAY, at=AT, clock=dt.time(23, 59), zone="AoE", quote="AoE")
    month = Deadline(precision=Precision.MONTH, on=DAY, quote="in May")
    save(
        served.engine,
        make_opportunity(id="opp_exact", deadlines=(exact,), rev=2),
        make_opportunity(id="opp_month", deadlines=(month,), rev=3),
        make_opportunity(id="opp_none", deadlines=(), rev=4),
    )

    def starts(name: str) -> dt.date:
        answer = ada.get(f"/v1/opportunities/{name}/calendar")
        assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
        assert "deadline.ics" in answer.headers["content-disposition"]
        [event] = Calendar.from_ical(answer.content).walk("VEVENT")
        found: dt.date = event.decoded("DTSTART")
        return found

    assert starts("opp_rural_surgery") == DAY
    assert starts("opp_exact") == AT
    for name in ("opp_month", "opp_none", "opp_unheard_of"):
        assert ada.get(f"/v1/opportunities/{name}/calendar").json()["code"] == "not-found"
