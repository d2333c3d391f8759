"""Watched pages: a coordinator's own addresses, read every night like any source."""

from fastapi import APIRouter, Response

from api.caller import Reader, Writer, coordinators_only
from api.problems import Kind, Problem, invalid, sentence
from api.routes.shared import Id, problems
from api.schemas.watching import WatchBody, WatchedPages, WatchedPageView
from api.service import ServiceDep
from api.views.people import person
from catalog.addresses import AddressRefused
from catalog.audited import AuditAction
from catalog.database import reading, writing
from catalog.stores.audit import record
from catalog.stores.watching import TooManyPages, find_page, list_pages, stop_watching, watch_page
from catalog.tables import Mentor, WatchedPage
from catalog.watching import advice

router = APIRouter(prefix="/watched-pages", tags=["sources"])


@router.get("", response_model=WatchedPages, responses=problems(Kind.NOT_FOUND))
def list_watched_pages(caller: Reader, service: ServiceDep) -> WatchedPages:
    """The watched pages, each with how it was last read and what to do about it. For coordinators."""
    coordinators_only(caller)
    with reading(service.engine) as session:
        return WatchedPages(items=[_view(page, mentor) for page, mentor in list_pages(session)])


@router.post(
    "",
    response_model=WatchedPageView,
    status_code=201,
    responses={
        200: {"model": WatchedPageView, "description": "It was watched already"},
        **problems(Kind.NOT_FOUND, Kind.CONFLICT, Kind.CROSS_SITE, body=True),
    },
)
def watch_a_page(body: WatchBody, caller: Writer, service: ServiceDep, response: Response) -> WatchedPageView:
    """Have a page read from the next crawl on. 200 when it is watched already: it is then what you say now."""
    coordinators_only(caller)
    now = service.clock()
    with writing(service.engine) as session:
        try:
            page, added = watch_page(session, **body.model_dump(), added_by=caller.mentor.id, now=now)
        except AddressRefused as refused:
            raise invalid("/url", sentence(refused)) from refused
        except TooManyPages as error:
            raise Problem(Kind.CONFLICT, sentence(error)) from error
        record(session, caller.actor, AuditAction.WATCH_ADD, "watched_page", page.id, now=now)
        response.status_code = 201 if added else 200
        return _view(page, session.get(Mentor, page.added_by) if page.added_by else None)


@router.delete("/{page_id}", status_code=204, responses=problems(Kind.NOT_FOUND, Kind.CROSS_SITE))
def stop_watching_page(page_id: Id, caller: Writer, service: ServiceDep) -> None:
    """Read a page no more. What was found on it stays. Adding it again goes on where this ended."""
    coordinators_only(caller)
    with writing(service.engine) as session:
        page = find_page(session, page_id)
        if page is None:
            raise Problem(Kind.NOT_FOUND, "This page is not watched.")
        stop_watching(session, page)
        record(session, caller.actor, AuditAction.WATCH_REMOVE, "watched_page", page.id, now=service.clock())


def _view(page: WatchedPage, added_by: Mentor | None) -> WatchedPageView:
    return WatchedPageView(
        **page.model_dump(exclude={"added_by"}),
        added_by=person(added_by),
        advice=advice(page.verdict, page.reason, page.bad_nights),
        found=len(page.keys),
    )
