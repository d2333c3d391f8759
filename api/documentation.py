"""Pages for developers, served by ourselves: the API's reference and what each problem means. No script, no CDN.

What a problem means is told in its reader's language, as the problem itself is; the reference is in English.
"""

import json
from collections.abc import Iterator
from html import escape
from typing import Any

from fastapi import FastAPI
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response

from api import problems
from api.languages import language, told

_STYLE = """\
:root { color-scheme: light dark; font: 1rem/1.55 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
code, pre { font-family: ui-monospace, monospace; font-size: 0.9em; }
pre { overflow-x: auto; padding: 0.75rem; border: 1px solid light-dark(#ccc, #444); border-radius: 6px; }
section { border-top: 1px solid light-dark(#ccc, #444); margin-top: 1.5rem; }
td, th { text-align: left; vertical-align: top; padding: 0.2rem 1rem 0.2rem 0; }
"""


def problem_page(kind: problems.Kind) -> str:
    """The page about one kind of problem, to which its `type` points."""
    return _page(
        f"{escape(told(kind.value.title))} ({kind.value.status})",
        f"<p><code>{kind.code}</code></p><p>{escape(told(kind.value.advice))}</p>"
        f'<p><a href="/problems">{escape(told("All problems"))}</a> · '
        f'<a href="/docs" hreflang="en">{escape(told("API reference"))}</a></p>',
        language(),
    )


def problems_page() -> str:
    """The list of them all."""
    items = "".join(
        f'<li><a href="/problems/{kind.code}"><code>{kind.code}</code></a> {escape(told(kind.value.title))}</li>'
        for kind in problems.Kind
    )
    return _page(escape(told("All problems")), f"<ul>{items}</ul>", language())


def problems_markdown() -> str:
    """The same for all kinds: `docs/problems.md`, written by `opportune openapi`."""
    lines = [
        "# Problems",
        "",
        "Every error is a problem document (RFC 9457). Its `type` ends in one of these codes; this page is",
        "written by `opportune openapi` from the service itself, which serves each at `/problems/CODE`.",
        "",
    ]
    for kind in problems.Kind:
        lines += [f"## {kind.code}", "", f"**{kind.value.title}** ({kind.value.status}). {kind.value.advice}", ""]
    return "\n".join(lines)


def reference_page(schema: dict[str, Any]) -> str:
    """The API's reference: every operation, and every event that programs are sent, with parameters, body, answers."""
    operations = [
        (path, method, operation)
        for path, item in (*schema["paths"].items(), *schema["webhooks"].items())
        for method, operation in item.items()
        if isinstance(operation, dict)
    ]
    contents = "".join(
        f'<li><a href="#{escape(one["operationId"])}"><code>{method.upper()} {escape(path)}</code></a> '
        f"{escape(one.get('summary', ''))}</li>"
        for path, method, one in operations
    )
    body = "".join(_operation(path, method, one) for path, method, one in operations)
    about = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in schema["info"]["description"].split("\n\n"))
    models = "".join(
        f'<section id="schema-{escape(name)}"><h3>{escape(name)}</h3><p>{escape(model.get("description", ""))}</p>'
        f"<pre>{escape(json.dumps(model, indent=2, ensure_ascii=False))}</pre></section>"
        for name, model in sorted(schema["components"]["schemas"].items())
    )
    return _page(
        "Opportune API, version 1",
        f'{about}<p>For generators: <a href="/openapi.json">openapi.json</a></p><ul>{contents}</ul>{body}'
        f"<h2>Bodies</h2>{models}",
    )


def _operation(path: str, method: str, operation: dict[str, Any]) -> str:
    rows = "".join(
        f"<tr><td><code>{escape(one['name'])}</code></td><td>{escape(one['in'])}</td>"
        f"<td>{'required. ' if one.get('required') else ''}{escape(one.get('description', ''))}</td></tr>"
        for one in operation.get("parameters", [])
    )
    parameters = f"<table><tr><th>Name</th><th>In</th><th></th></tr>{rows}</table>" if rows else ""
    answers = "".join(
        f"<tr><td>{status}</td><td>{escape(answer['description'])}{_schema_link(answer)}</td></tr>"
        for status, answer in operation["responses"].items()
    )
    sent = _schema_link(operation.get("requestBody", {}))
    return (
        f'<section id="{escape(operation["operationId"])}"><h3><code>{method.upper()} {escape(path)}</code></h3>'
        f"<p>{escape(operation.get('description', ''))}</p>{parameters}"
        f"{f'<p>Body:{sent}</p>' if sent else ''}<table><tr><th>Status</th><th></th></tr>{answers}</table></section>"
    )


def _schema_link(part: dict[str, Any]) -> str:
    names = list(_referred(part.get("content", {})))
    return "".join(f' <a href="#schema-{escape(name)}">{escape(name)}</a>' for name in dict.fromkeys(names))


def _referred(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if "$ref" in value:
            yield str(value["$ref"]).rsplit("/", 1)[-1]
        for inner in value.values():
            yield from _referred(inner)


def _page(title: str, body: str, language: str = "en") -> str:
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="stylesheet" href="/docs/style.css"></head><body><h1>{title}</h1>{body}</body></html>'
    )


def add_pages(app: FastAPI, public_url: str) -> None:
    """Serve `/docs`, `/openapi.json`, `/problems` and a page for each kind of problem."""
    by_code = {kind.code: kind for kind in problems.Kind}

    @app.get("/openapi.json", include_in_schema=False)
    async def openapi_document() -> Response:
        return JSONResponse({**app.openapi(), "servers": [{"url": public_url}]})

    @app.get("/docs", include_in_schema=False)
    async def reference() -> Response:
        return HTMLResponse(reference_page(app.openapi()), headers={"Cache-Control": "no-cache"})

    @app.get("/docs/style.css", include_in_schema=False)
    async def style() -> Response:
        return PlainTextResponse(_STYLE, media_type="text/css", headers={"Cache-Control": "no-cache"})

    @app.get("/problems", include_in_schema=False)
    async def all_problems() -> Response:
        return _spoken(problems_page())

    @app.get("/problems/{code}", include_in_schema=False)
    async def one_problem(code: str) -> Response:
        kind = by_code.get(code)
        if kind is None:
            raise problems.Problem(problems.Kind.NOT_FOUND, "There is no such kind of problem.")
        return _spoken(problem_page(kind))


def _spoken(page: str) -> Response:
    """A page in the language that its reader's browser asks for."""
    headers = {"Cache-Control": "no-cache", "Content-Language": language(), "Vary": "Accept-Language"}
    return HTMLResponse(page, headers=headers)
