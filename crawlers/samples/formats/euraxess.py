"""EURAXESS as the sample web plays it: the job search with ten cards a page, and a page for each offer."""

from urllib.parse import parse_qsl, urlencode

from crawlers.samples.content import SampleCall
from crawlers.samples.exchange import Request, Response, page
from crawlers.samples.formats.euraxess_markup import Wire, listing
from crawlers.samples.formats.euraxess_offer import detail

HOSTS = ("euraxess.ec.europa.eu",)
_FIELDS = {"313": "Medical sciences", "6037": "Health sciences", "325": "Pharmacological sciences"}
"""The numbers by which the search names research fields."""


class Euraxess:
    """The list and the detail pages."""

    def __init__(self, calls: tuple[SampleCall, ...]) -> None:
        pairs = [(call, Wire.model_validate(call.wire)) for call in calls]
        self._offers = sorted(pairs, key=lambda pair: (pair[0].posted.on, pair[1].offer), reverse=True)

    def answer(self, request: Request) -> Response | None:
        """A page of the search (counted from 0; empty past the end), or one offer."""
        if request.path == "/jobs/search":
            kept = [(name, value) for name, value in parse_qsl(request.query) if name.startswith("f[")]
            return page(listing(self._wanted(request), max(request.number("page", 0), 0), urlencode(kept)))
        for call, wire in self._offers:
            if request.path == f"/jobs/{wire.offer}":
                return page(detail(call, wire), modified=call.modified)
        return None

    def _wanted(self, request: Request) -> list[tuple[SampleCall, Wire]]:
        facets = [value for name, values in request.parameters.items() if name.startswith("f[") for value in values]
        types = {value.removeprefix("offer_type:") for value in facets if value.startswith("offer_type:")}
        numbers = [value.partition(":")[2] for value in facets if value.startswith("job_research_field:")]
        fields = {_FIELDS.get(number, number) for number in numbers}
        return [
            (call, wire)
            for call, wire in self._offers
            if (not types or wire.type in types) and (not fields or fields & set(wire.fields))
        ]
