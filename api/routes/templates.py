"""A mentor's own templates for messages, beside ours in each language."""

from typing import Any

from fastapi import APIRouter, Response
from sqlmodel import Session

from api.caller import Caller, Reader, Writer
from api.forwarding.drafting import OURS, write
from api.forwarding.targets import target_of
from api.problems import Kind, Problem, invalid
from api.routes.shared import Id, IfMatch, check_version, problems
from api.schemas.forwards import ForwardTarget
from api.schemas.templates import (
    Preview,
    PreviewBody,
    TemplateBody,
    TemplateList,
    TemplatePatch,
    TemplatePlaceView,
    TemplateView,
)
from api.service import Service, ServiceDep
from catalog.audited import AuditAction
from catalog.database import reading, writing
from catalog.stores.audit import record
from catalog.stores.templates import (
    AT_MOST,
    NameTaken,
    TooManyTemplates,
    find_template,
    keep_template,
    templates_of,
)
from catalog.tables import MessageTemplate
from recommender.drafting import preview
from recommender.letter_templates import PLACES, Template, UnknownPlace, check
from recommender.letter_words import languages

router = APIRouter(prefix="/templates", tags=["templates"])


@router.get("", response_model=TemplateList, responses=problems())
def list_templates(caller: Reader, service: ServiceDep) -> TemplateList:
    """My templates, then ours, and every place that may stand in one."""
    with reading(service.engine) as session:
        own = templates_of(session, caller.mentor.id)
    return TemplateList(
        items=[*(_view(one) for one in own), *_ours()],
        places=[TemplatePlaceView(name=name, stands_for=meaning) for name, meaning in PLACES.items()],
    )


@router.post(
    "", response_model=TemplateView, status_code=201, responses=problems(Kind.CONFLICT, Kind.CROSS_SITE, body=True)
)
def create_template(body: TemplateBody, caller: Writer, service: ServiceDep, response: Response) -> TemplateView:
    """Keep a template. Braces may stand only around the names of places; anything else is refused with the names."""
    _check_places(body.model_dump())
    with writing(service.engine) as session:
        template = MessageTemplate(mentor_id=caller.mentor.id, **body.model_dump())
        _keep(session, template, {})
        record(session, caller.actor, AuditAction.TEMPLATE_CREATE, "template", template.id, now=service.clock())
        response.headers["Location"] = f"/v1/templates/{template.id}"
        return _tagged(template, response)


@router.post("/preview", response_model=Preview, responses=problems(Kind.NOT_FOUND, Kind.CROSS_SITE, body=True))
def preview_template(body: PreviewBody, caller: Reader, service: ServiceDep) -> Preview:
    """A template filled in, before it is kept: for a mentee and an opportunity, or for an invented example."""
    _check_places(body.model_dump())
    template = Template(body.subject, body.body, body.language)
    if body.mentee_id is None or body.opportunity_id is None:
        if body.mentee_id or body.opportunity_id:
            raise invalid("/opportunity_id" if body.mentee_id else "/mentee_id", "Say both, or neither.", "missing")
        shown = preview(template, caller.mentor.name, service.clock().date())
        return Preview(subject=shown.subject, message=shown.body)
    return _preview_for(body.mentee_id, body.opportunity_id, template, caller, service)


def _preview_for(mentee_id: str, opportunity_id: str, template: Template, caller: Caller, service: Service) -> Preview:
    wanted = ForwardTarget(mentee_id=mentee_id, opportunity_id=opportunity_id, goal_id=None)
    with reading(service.engine) as session:
        target = target_of(session, caller, wanted)
    [written] = write(service, [target], caller, template, now=service.clock())
    return Preview(subject=written.subject, message=written.message)


@router.get("/{template_id}", response_model=TemplateView, responses=problems(Kind.NOT_FOUND))
def get_template(template_id: Id, caller: Reader, service: ServiceDep, response: Response) -> TemplateView:
    """One template, mine or one of ours."""
    for ours in _ours():
        if ours.id == template_id:
            return ours
    with reading(service.engine) as session:
        return _tagged(_own_or_404(session, caller, template_id), response)


@router.patch(
    "/{template_id}",
    response_model=TemplateView,
    responses=problems(
        Kind.NOT_FOUND, Kind.CONFLICT, Kind.CHANGED_MEANWHILE, Kind.VERSION_MISSING, Kind.CROSS_SITE, body=True
    ),
)
def update_template(
    template_id: Id,
    body: TemplatePatch,
    caller: Writer,
    service: ServiceDep,
    response: Response,
    if_match: IfMatch = None,
) -> TemplateView:
    """Change a template of mine. Needs If-Match, so that no change from another tab is lost."""
    changes = {name: value for name, value in body.model_dump(exclude_unset=True).items() if value is not None}
    _check_places(changes)
    with writing(service.engine) as session:
        template = _own_or_404(session, caller, template_id, lock=True)
        check_version(if_match, template.version)
        _keep(session, template, {**changes, "version": template.version + 1})
        record(session, caller.actor, AuditAction.TEMPLATE_CHANGE, "template", template.id, now=service.clock())
        return _tagged(template, response)


@router.delete("/{template_id}", status_code=204, responses=problems(Kind.NOT_FOUND, Kind.CROSS_SITE))
def delete_template(template_id: Id, caller: Writer, service: ServiceDep) -> None:
    """Forget a template. What was written in it stays."""
    with writing(service.engine) as session:
        session.delete(_own_or_404(session, caller, template_id, lock=True))
        record(session, caller.actor, AuditAction.TEMPLATE_DELETE, "template", template_id, now=service.clock())


def _check_places(given: dict[str, Any]) -> None:
    for name in ("subject", "body"):
        try:
            check(given.get(name, ""))
        except UnknownPlace as error:
            raise invalid(f"/{name}", str(error), "unknown_place") from error


def _keep(session: Session, template: MessageTemplate, changes: dict[str, Any]) -> None:
    try:
        keep_template(session, template, changes)
    except TooManyTemplates as error:
        raise Problem(Kind.CONFLICT, f"You have {AT_MOST} templates, which is as many as there may be.") from error
    except NameTaken as error:
        raise Problem(Kind.CONFLICT, "You have a template of this name.") from error


def _own_or_404(session: Session, caller: Caller, template_id: str, *, lock: bool = False) -> MessageTemplate:
    found = find_template(session, caller.mentor.id, template_id, lock=lock)
    if found is None:
        raise Problem(Kind.NOT_FOUND, "There is no such template, or it is not yours to change.")
    return found


def _tagged(template: MessageTemplate, response: Response) -> TemplateView:
    response.headers["ETag"] = f'"{template.version}"'
    return _view(template)


def _view(template: MessageTemplate) -> TemplateView:
    return TemplateView(**template.model_dump(exclude={"mentor_id"}), ours=False)


def _ours() -> list[TemplateView]:
    return [
        TemplateView(
            id=f"{OURS}{code}",
            name=f"Opportune ({words.name})",
            subject=words.subject,
            body=words.template.body,
            language=code,
            preferred=False,
            ours=True,
            version=1,
        )
        for code, words in languages().items()
    ]
