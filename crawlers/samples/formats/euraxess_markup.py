"""The markup of EURAXESS pages and of their lists: Europa Component Library cards and pager.

It follows the site's own, with its generic `<title>`. The page of one offer is in `euraxess_offer`.
"""

import html

from crawlers.samples.content import Date, SampleCall, Table
from crawlers.samples.dates import STYLES, When
from crawlers.samples.prose import opening

PER_PAGE = 10


class Wire(Table):
    """What only this format carries."""

    offer: int
    type: str = "job_offer"
    country: str
    city: str
    department: str = ""
    fields: tuple[str, ...] = ("Medical sciences",)
    profiles: tuple[str, ...]
    position: str
    deadline: Date | None = None
    starting: Date | None = None
    contract: str = "Temporary"
    programme: str = "Not funded by a EU programme"
    reference: str = ""
    offers: int = 1
    education: str = ""
    skills: str = ""
    languages: str = "ENGLISH"
    benefits: str = ""
    eligibility: str = ""
    website: str = ""


def printed_time(moment: When) -> str:
    """A date as the site prints it: the instant for machines, the words (which carry the zone) for people."""
    if moment.clock is None:
        return f'<time datetime="{moment.on.isoformat()}T12:00:00Z">{STYLES["short"](moment.on)}</time>'
    words = f"{STYLES['short'](moment.on)} - {moment.clock:%H:%M} ({moment.zone})"
    return f'<time datetime="{moment.in_utc().isoformat()}">{words}</time>'


def frame(title: str, path: str, header: str, main: str) -> str:
    """A whole page of the site."""
    return f"""<!DOCTYPE html>
<html lang="en" dir="ltr" prefix="og: https://ogp.me/ns#">
  <head>
    <meta charset="utf-8" />
    <meta name="description" content="Advance your research career and opportunities with EURAXESS." />
    <link rel="canonical" href="https://euraxess.ec.europa.eu{path}" />
    <meta property="og:site_name" content="EURAXESS" />
    <title>{title} | EURAXESS</title>
    <script type="application/ld+json">{{"@context":"https://schema.org","@graph":[{{"@type":"BreadcrumbList",\
"itemListElement":[{{"@type":"ListItem","position":1,"name":"Home","item":"https://euraxess.ec.europa.eu/"}}]}}]}}</script>
  </head>
  <body class="ecl-typography">
    <header class="ecl-site-header"><nav class="ecl-menu" aria-label="Site menu"><ul><li><a href="/jobs">Jobs</a></li>
    <li><a href="/partnering">Partnering</a></li></ul></nav></header>
{header}
<main id="main-content">
  <div class="ecl-container">
{main}
  </div>
</main>
  <footer class="ecl-site-footer"><a href="/jobs/search?f%5B0%5D=offer_type%3Ajob_offer">Search for Jobs</a></footer>
  </body>
</html>
"""


def listing(offers: list[tuple[SampleCall, Wire]], number: int, facets: str) -> str:
    """Page `number` of a search, whose links keep the `facets` of the query."""
    shown = offers[number * PER_PAGE : (number + 1) * PER_PAGE]
    cards = "".join(f"<li>{_card(call, wire)}</li>\n" for call, wire in shown)
    main = f"""<h4 class="ecl-u-type-heading-4">Search results ({len(offers)})</h4>
<div><ul class="unformatted-list" aria-label="Search results items">{cards}</ul>
{_pager(-(-len(offers) // PER_PAGE), number, facets)}</div>"""
    name = "Jobs, Career and Funding Opportunities"
    return frame(name, "/jobs/search", f'<h1 class="ecl-page-header__title">{name}</h1>', main)


def _pager(pages: int, number: int, facets: str) -> str:
    """The site's pager: the current page as text, the others and "Next" as links."""
    address = html.escape(f"?{facets}&page=" if facets else "?page=")
    items = [
        f'<li class="ecl-pagination__item ecl-pagination__item--current"><span class="ecl-pagination__text">'
        f"{n + 1}</span></li>"
        if n == number
        else f'<li class="ecl-pagination__item"><a href="{address}{n}" class="ecl-link ecl-pagination__link" '
        f'aria-label="Go&#x20;to&#x20;page&#x20;{n + 1}">{n + 1}</a></li>'
        for n in range(pages)
    ]
    if number + 1 < pages:
        items.append(
            f'<li class="ecl-pagination__item ecl-pagination__item--next"><a href="{address}{number + 1}" '
            'class="ecl-link ecl-pagination__link" aria-label="Go&#x20;to&#x20;next&#x20;page">'
            '<span class="ecl-link__label">Next</span></a></li>'
        )
    return (
        '<nav class="ecl-pagination" aria-label="Pagination"><ul class="ecl-pagination__list">'
        + "".join(items)
        + "</ul></nav>"
    )


def _card(call: SampleCall, wire: Wire) -> str:
    place = f"Number of offers: {wire.offers}, {wire.country}, {call.organisation}, {wire.city}"
    details = [("Department", wire.department), ("Work Locations", place)]
    details += [("Research Field", ", ".join(wire.fields)), ("Researcher Profile", ", ".join(wire.profiles))]
    blocks = "".join(_labelled(label, html.escape(value)) for label, value in details if value)
    if wire.deadline:
        blocks += _labelled("Application Deadline", f"<div>{printed_time(wire.deadline)}</div>")
    return f"""<div id="job-teaser-content"><div class="label-thumbnail-wrapper">\
<ul class="ecl-content-block__label-container">
<li class="ecl-content-block__label-item"><span class="ecl-label ecl-label--low">JOB</span></li>
<li class="ecl-content-block__label-item"><span class="ecl-label ecl-label--highlight">{wire.country}</span></li>\
</ul></div>
<article class="ecl-content-item"><div class="ecl-content-block ecl-content-item__content-block">\
<ul class="ecl-content-block__primary-meta-container"><li class="ecl-content-block__primary-meta-item">\
<a href="/partnering/organisations/profile/{wire.offer}" hreflang="en">{html.escape(call.organisation)}</a></li>\
<li class="ecl-content-block__primary-meta-item">Posted on: {STYLES["dmy"](call.posted.on)}</li></ul>\
<h3 class="ecl-content-block__title"><a href="/jobs/{wire.offer}" class="ecl-link ecl-link--standalone">\
<span>{html.escape(call.title)} </span></a></h3><div class="ecl-content-block__description">\
<p>{html.escape(opening(call.body))}</p></div><ul class="ecl-content-block__secondary-meta-container">\
<li class="ecl-content-block__secondary-meta-item"><span class="ecl-content-block__secondary-meta-label">\
{blocks}</span></li></ul></div></article></div>"""


def _labelled(label: str, value: str) -> str:
    return (
        f'<div class="id-{label.replace(" ", "-")}  ecl-u-d-flex"><div class="ecl-u-type-bold"><span>\n'
        f'            {label}:\n          </span></div><div class="ecl-text-standard">{value}</div></div>'
    )
