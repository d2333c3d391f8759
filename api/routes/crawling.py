"""Crawl now: wishes that the next crawl answers. Nothing is crawled here; the worker and the nights read the rows."""

from collections.abc import Collection, Sequence

from fastapi import APIRouter, Response

from api.caller import Reader, Writer, coordinators_only
from api.problems import Kind, Problem, sentence
from api.routes.shared import Id, problems
from api.schemas.crawling import CrawlRequestBody, CrawlRequests, CrawlRequestView
from api.schemas.problems import FieldProblem
from api.service import ServiceDep
from api.views.people import person
from catalog.audited import AuditAction
from catalog.database import reading, writing
from catalog.stores.audit import record
from catalog.stores.crawl_requests import SHOWN_FOR, UnknownSources, Wish, WishRefused, take_back, wish, wishes

router = APIRouter(prefix="/crawl-requests", tags=["sources"])


@router.get("", response_model=CrawlRequests, responses=problems(Kind.NOT_FOUND))
def list_crawl_requests(caller: Reader, service: ServiceDep) -> CrawlRequests:
    """What was wanted read before the next night, and what became of it. For coordinators."""
    coordinators_only(caller)
    with reading(service.engine) as session:
        found = wishes(session, since=service.clock() - SHOWN_FOR, also_waiting=True)
        return CrawlRequests(items=[_view(one) for one in found])


@router.post(
    "",
    response_model=CrawlRequestView,
    status_code=201,
    responses={
        200: {"model": CrawlRequestView, "description": "It is wanted already, and waits"},
        **problems(Kind.NOT_FOUND, Kind.CONFLICT, Kind.CROSS_SITE, body=True),
    },
)
def request_crawl(body: CrawlRequestBody, caller: Writer, service: ServiceDep, response: Response) -> CrawlRequestView:
    """Have sources read soon: within a minute or two where the worker or `opportune serve` looks for it, else tonight.

    409 when the same was read for the asking within fifteen minutes, or twenty wishes wait. For coordinators.
    """
    coordinators_only(caller)
    now = service.clock()
    with writing(service.engine) as session:
        try:
            found, added = wish(session, body.sources, wanted_by=caller.mentor.id, now=now)
        except UnknownSources as error:
            raise _unknown(body.sources, error.names) from error
        except WishRefused as error:
            raise Problem(Kind.CONFLICT, sentence(error)) from error
        if added:
            record(session, caller.actor, AuditAction.CRAWL_REQUEST, "crawl_request", found.request.id, now=now)
        response.status_code = 201 if added else 200
        return _view(found)


@router.delete("/{request_id}", status_code=204, responses=problems(Kind.NOT_FOUND, Kind.CROSS_SITE))
def take_back_crawl_request(request_id: Id, caller: Writer, service: ServiceDep) -> None:
    """Want it no more. 404 when a crawl has taken it up."""
    coordinators_only(caller)
    with writing(service.engine) as session:
        if not take_back(session, request_id):
            raise Problem(Kind.NOT_FOUND, "There is no such wish, or a crawl has taken it up.")
        record(session, caller.actor, AuditAction.CRAWL_UNREQUEST, "crawl_request", request_id, now=service.clock())


def _unknown(asked: Sequence[str], unknown: Collection[str]) -> Problem:
    """Which of the sources asked for are not there, by their places in the request."""
    errors = [
        FieldProblem(pointer=f"/sources/{at}", code="unknown_source", detail="There is no such source, or it is off.")
        for at, name in enumerate(asked)
        if name in unknown
    ]
    return Problem(Kind.INVALID_REQUEST, "Not all of these sources can be read.", errors=errors)


def _view(one: Wish) -> CrawlRequestView:
    return CrawlRequestView(
        **one.request.model_dump(exclude={"requested_by"}),
        requested_by=person(one.wanted_by),
        state=one.state,
        finished_at=one.run.finished_at if one.run else None,
    )
