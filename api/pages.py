"""The mentor's page as static files, and the headers under which browsers show it."""

import base64
import hashlib
import re
from functools import cache

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from web import static_folder

_IMPORT_MAP = re.compile(r'<script type="importmap">(.*?)</script>', re.DOTALL)
_NOT_PAGES = ("v1", "assets", "vendor", "problems", "docs", "openapi.json", "livez", "readyz")


@cache
def _import_map_hash() -> str:
    """The CSP source for the page's import map, the one inline script there is: `'sha256-…'`."""
    found = _IMPORT_MAP.search((static_folder() / "index.html").read_text("utf-8"))
    if found is None:
        return ""
    return f" 'sha256-{base64.b64encode(hashlib.sha256(found[1].encode()).digest()).decode()}'"


def security_headers(*, https: bool) -> dict[str, str]:
    """The headers of every answer: nothing from elsewhere, no frames, no injected script (ASVS 5, 3.4)."""
    policy = (
        f"default-src 'none'; script-src 'self'{_import_map_hash()}; style-src 'self'; img-src 'self'; "
        "font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; object-src 'none'; "
        "form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
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


class _Files(StaticFiles):
    """Static files that browsers ask about again: their names carry no version."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, or 404."""
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "no-cache"
        return response


def add_pages(app: FastAPI) -> None:
    """Serve the page at `/` and at every address that is its own to read; unknown ones of ours are 404."""
    folder = static_folder()
    app.mount("/assets", _Files(directory=folder / "assets", check_dir=False))
    app.mount("/vendor", _Files(directory=folder / "vendor", check_dir=False))

    @app.get("/{path:path}", include_in_schema=False)
    async def page(path: str) -> Response:
        if path.split("/")[0] in _NOT_PAGES or "." in path.rsplit("/")[-1]:
            raise HTTPException(404)
        return FileResponse(folder / "index.html", headers={"Cache-Control": "no-cache"})
