"""The whole sample web: hosts and what each answers, a pure function of the day.

`web_on(day)` is the invented web as it stands on `day`. A crawl "as of yesterday" and one "as of
today" see the same calls, dated from the same `today`, except for what happened in between.
"""

import datetime as dt
import hashlib
from collections.abc import Mapping
from email.utils import format_datetime, parsedate_to_datetime

from crawlers.samples.content import SOURCES, WATCHED, calls_on
from crawlers.samples.exchange import Request, Response, Site, page
from crawlers.samples.formats import (
    calendar,
    eu_funding,
    euraxess,
    medical_aid,
    reliefweb,
    simpler_grants,
    watched_pages,
    wordpress,
)
from crawlers.samples.formats.journals import Journals
from crawlers.samples.journal_hosts import JOURNALS

_ALLOWING = "User-agent: *\nAllow: /\n"
ROBOTS: Mapping[str, str] = {
    "euraxess.ec.europa.eu": "User-agent: *\nDisallow: /admin/\nDisallow: /user/\n",
    "opportunitydesk.org": "User-agent: *\nDisallow: /wp-admin/\nAllow: /wp-admin/admin-ajax.php\n",
    "medicalaid.org": f"{_ALLOWING}\nSitemap: https://medicalaid.org/sitemap.xml\n",
    "www.medicalaid.org": f"{_ALLOWING}\nSitemap: https://medicalaid.org/sitemap.xml\n",
    "library.maastrichtuniversity.nl": "User-agent: *\nDisallow: /wp-admin/\n",
    "api.reliefweb.int": "User-agent: *\nDisallow: /\n",
}
"""robots.txt by host; a host without one answers 404. ReliefWeb's forbids what its API terms invite, as in life."""


class Web:
    """Sites by host. Immutable once made; safe to ask from many threads."""

    def __init__(self, sites: Mapping[str, Site], day: dt.date) -> None:
        self.sites = dict(sites)
        self.day = day

    def answer(self, request: Request) -> Response:
        """The answer of the host that `request` names, a 304 where the client already has it, or a 404."""
        site = self.sites.get(request.host)
        if site is None:
            return page(f"No host {request.host} in the sample web.\n", "text/plain; charset=UTF-8", 404)
        if request.path == "/robots.txt":
            found = page(ROBOTS[request.host], "text/plain; charset=UTF-8") if request.host in ROBOTS else None
        else:
            found = site.answer(request)
        if found is None:
            return page("<!DOCTYPE html><title>Not found</title><h1>Not found</h1>", status=404)
        return _conditional(request, found) if request.method in ("GET", "HEAD") else found


def _conditional(request: Request, response: Response) -> Response:
    """Give validators to what was found, and 304 without a body where they match (RFC 9110, 13.1)."""
    if response.status != 200:
        return response
    tag = f'"{hashlib.sha256(response.body).hexdigest()[:24]}"'
    headers = {"ETag": tag}
    changed = response.modified.in_utc(dt.time(6)) if response.modified else None
    if changed:
        headers["Last_Modified"] = format_datetime(changed, usegmt=True)
    if known := request.headers.get("if-none-match"):
        fresh = known == "*" or tag in {part.strip().removeprefix("W/") for part in known.split(",")}
    else:
        fresh = changed is not None and _not_since(request.headers.get("if-modified-since"), changed)
    same = Response(b"", response.content_type, 304, response.headers) if fresh else response
    return same.with_headers(**headers)


def _not_since(claimed: str | None, changed: dt.datetime) -> bool:
    """Whether nothing changed after the date that the client claims; an unreadable date claims nothing."""
    if not claimed:
        return False
    try:
        since = parsedate_to_datetime(claimed)
    except ValueError:
        return False
    return since.tzinfo is not None and changed <= since


def web_on(day: dt.date, today: dt.date | None = None) -> Web:
    """The sample web as it stands on `day`, with every date reckoned from `today` (the same day unless given)."""
    held = {source: calls_on(day, today, source) for source in SOURCES}
    sites: dict[str, Site] = {}
    for hosts, site in (
        (simpler_grants.HOSTS, simpler_grants.SimplerGrants(held["simpler_grants"])),
        (eu_funding.HOSTS, eu_funding.EuFunding(held["eu_funding"])),
        (euraxess.HOSTS, euraxess.Euraxess(held["euraxess"])),
        (wordpress.HOSTS, wordpress.WordPress(held["opportunity_desk"])),
        (medical_aid.HOSTS, medical_aid.MedicalAid(held["international_medical_aid"])),
        (calendar.HOSTS, calendar.Calendar(held["maastricht_events"])),
        (reliefweb.HOSTS, reliefweb.ReliefWeb(held["reliefweb_training"])),
        (watched_pages.HOSTS, watched_pages.WatchedPages(calls_on(day, today, WATCHED))),
    ):
        sites |= dict.fromkeys(hosts, site)
    for host, names in JOURNALS.items():
        sites[host] = Journals(held["ojs_announcements"], host, names)
    return Web(sites, day)
