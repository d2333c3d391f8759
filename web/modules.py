"""Which modules an address of the page needs: named in the page all at once, they cost one round trip.

Found one by one, an import within an import within a view, each level would cost one. What the modules say is read from
them as they are: the addresses and their views in `routes.js`, what a module needs in its imports.
"""

import posixpath
import re
from functools import lru_cache
from pathlib import Path

from web import static_folder

START = "assets/main.js"
_ROUTES = "assets/routes.js"
_IMPORT = re.compile(r'^(?:import|export)\b[^;"]*\bfrom "(\.[^"]+)"', re.MULTILINE)
_ROUTE = re.compile(r'\{ pattern: /(?P<pattern>\S+)/, .*?import\("(?P<view>\.[^"]+)"\)')


def modules_for(path: str) -> list[str]:
    """The modules of the page at this path, as paths below `static_folder()`: the start, and the view it will open."""
    view = _view_at(path)
    return with_imports([START, *([view] if view else [])])


def _view_at(path: str) -> str | None:
    """The module of the view that `routes.js` opens at this path."""
    for route in _ROUTE.finditer(_text(_ROUTES)):
        if re.search(route["pattern"].replace(r"\/", "/"), path):
            return _beside(_ROUTES, route["view"])
    return None


def with_imports(modules: list[str]) -> list[str]:
    """The modules with all that they import, each once, those that start it all first."""
    found: dict[str, None] = {}
    waiting = list(modules)
    while waiting:
        module = waiting.pop(0)
        if module not in found:
            found[module] = None
            waiting += [_beside(module, name) for name in _IMPORT.findall(_text(module))]
    return list(found)


def _beside(module: str, name: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(module), name))


def _text(module: str) -> str:
    path = static_folder() / module
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=512)
def _read(path: Path, _changed: int) -> str:
    """A module's text, read anew when it was changed: whoever works on the page sees it at once."""
    return path.read_text("utf-8")
