"""The mentor's page as static files, and the headers under which browsers show it."""

import base64
import hashlib
import json
import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from api.static_files import PARTS, CompressedFiles
from web import static_folder
from web.modules import modules_for

SHELL = "/shell"
"""An address with no view of its own: the page that the service worker keeps opens every address."""

_IMPORT_MAP = re.compile(r'<script type="importmap">(.*?)</script>', re.DOTALL)
_NOT_PAGES = ("v1", "assets", "vendor", "problems", "docs", "openapi.json", "livez", "readyz")


@cache
def _import_map_hash() -> str:
    """The CSP source for the page's import map, the one inline script there is: `'sha256-…'`."""
    found = _IMPORT_MAP.search((static_folder() / "index.html").read_text("utf-8"))
    if found is None:
        return ""
    return f" 'sha256-{base64.b64encode(hashlib.sha256(found[1].encode()).digest()).decode()}'"


@cache
def _parts_headers(*, https: bool) -> dict[str, str]:
    """What a browser looks at in a part of a page; the rest, for what it shows, would be half of a small module."""
    whole = _whole_headers(https=https)
    wanted = ("X-Content-Type-Options", "Cross-Origin-Resource-Policy", "Cache-Control", "Strict-Transport-Security")
    return {name: value for name, value in whole.items() if name in wanted}


def security_headers(path: str, status: int, *, https: bool) -> Sequence[tuple[bytes, bytes]]:
    """The headers of every answer: nothing from elsewhere, no frames, no injected script (ASVS 5, 3.4).

    304 has nothing to show: a browser shows what it has, under the headers that came with that (RFC 9111, 3.2).
    """
    if path.startswith(PARTS):
        return _encoded(_parts_headers, https=https)
    return _encoded(_bare_headers if status == 304 else _whole_headers, https=https)


@cache
def _encoded(headers: Callable[..., dict[str, str]], *, https: bool) -> tuple[tuple[bytes, bytes], ...]:
    """As they go over the wire: there are few sets of them."""
    return tuple(
        (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers(https=https).items()
    )


@cache
def _bare_headers(*, https: bool) -> dict[str, str]:
    wanted = ("Cache-Control", "Strict-Transport-Security")
    return {name: value for name, value in _whole_headers(https=https).items() if name in wanted}


@cache
def _whole_headers(*, https: bool) -> dict[str, str]:
    policy = (
        f"default-src 'none'; script-src 'self'{_import_map_hash()}; style-src 'self'; img-src 'self'; "
        "font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; object-src 'none'; "
        "form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types opportune"
    )
    headers = {
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Cache-Control": "no-store",
    }
    if https:
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    return headers


def _service_worker() -> str:
    """The worker with what it keeps: the page, its modules, styles and words, and a hash over all of them.

    Worked out at each request (some sixty small files), so that a changed file is a changed worker.
    """
    folder = static_folder()
    kept = sorted(path for part in ("assets", "vendor") for path in (folder / part).rglob("*") if _is_kept(path))
    digest = hashlib.blake2b((folder / "index.html").read_bytes(), digest_size=12)
    for path in kept:
        digest.update(path.name.encode() + path.read_bytes())
    shell = [SHELL, *(f"/{path.relative_to(folder).as_posix()}" for path in kept)]
    facts = json.dumps({"VERSION": digest.hexdigest(), "SHELL": shell})
    return f"self.opportune = {facts};\n" + (folder / "assets" / "service_worker.js").read_text("utf-8")


def _page(path: str) -> str:
    """The page, with the modules that this path needs named: found one by one they would cost a round trip a level.

    After the import map, and so not in a header: a module that comes before the map cannot be resolved.
    """
    links = "\n    ".join(f'<link rel="modulepreload" href="/{module}">' for module in modules_for(path))
    return (static_folder() / "index.html").read_text("utf-8").replace("<!-- modules -->", links)


def _is_kept(path: Path) -> bool:
    return path.suffix in (".js", ".mjs", ".css", ".svg", ".json") and path.name != "service_worker.js"


def add_pages(app: FastAPI) -> None:
    """Serve the page at `/` and at every address that is its own to read; unknown ones of ours are 404."""
    folder = static_folder()
    app.mount("/assets", CompressedFiles(directory=folder / "assets", check_dir=False))
    app.mount("/vendor", CompressedFiles(directory=folder / "vendor", check_dir=False))

    @app.get("/sw.js", include_in_schema=False)
    async def service_worker() -> Response:
        return Response(await run_in_threadpool(_service_worker), media_type="text/javascript")

    @app.get("/{path:path}", include_in_schema=False)
    async def page(path: str) -> Response:
        if path.split("/")[0] in _NOT_PAGES or "." in path.rsplit("/")[-1]:
            raise HTTPException(404)
        return HTMLResponse(await run_in_threadpool(_page, f"/{path}"), headers={"Cache-Control": "no-cache"})
