"""Why a watched page was not read, as a reason a machine can read and a coordinator can be told."""

from scrapy.exceptions import CannotResolveHostError, DownloadCancelledError, IgnoreRequest
from scrapy.spidermiddlewares.httperror import HttpError

from catalog.watching import BLOCKED, GONE, PRIVATE, REDIRECTED, ROBOTS, STATUS, UNREACHABLE, UNREADABLE, WAIT
from crawlers.bases.links import host_of
from crawlers.fetched import sort_of
from crawlers.manners.resolver import refused_names

_GONE = (404, 410)
_DENIED = (401, 403, 407, 451)
_TOLD = (
    ("host:", REDIRECTED),  # EgressGuard's rules, in the words with which it drops a request
    ("address:", PRIVATE),
    ("asked to wait", WAIT),
    ("the site asks whether", BLOCKED),
    ("Forbidden by robots.txt", ROBOTS),
)


def why_unread(error: BaseException, url: str) -> str:
    """`code` or `code: particulars` for a request to `url` that ended in `error`."""
    if isinstance(error, HttpError):
        return _status(error.response.status)
    if isinstance(error, CannotResolveHostError) and host_of(url) in refused_names():
        return PRIVATE
    if isinstance(error, IgnoreRequest):
        code = next((code for words, code in _TOLD if str(error).startswith(words)), UNREACHABLE)
        return f"{code}: {host_of(url)}" if code is REDIRECTED else code
    if isinstance(error, DownloadCancelledError):
        return f"{UNREADABLE}: too large"
    return f"{UNREACHABLE}: {sort_of(error)}"


def _status(status: int) -> str:
    code = GONE if status in _GONE else BLOCKED if status in _DENIED else WAIT if status == 429 else STATUS
    return f"{code}: {status}"
