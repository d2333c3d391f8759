"""The page of one EURAXESS offer: `dl` lists of labels and values under headings.

It follows the site's own, with its repeated labels, its two `h1` and its empty status box.
"""

import html

from crawlers.samples.content import SampleCall
from crawlers.samples.dates import STYLES
from crawlers.samples.formats.euraxess_markup import Wire, frame, printed_time
from crawlers.samples.prose import html_of

_LABEL = "ecl-description-list__term"
_VALUE = "ecl-description-list__definition"


def _list_of(*pairs: tuple[str, str]) -> str:
    inner = "".join(
        f'<dt class="{_LABEL}">{label}</dt><dd class="{_VALUE}"><div>{value}</div></dd>'
        for label, value in pairs
        if value
    )
    return f'<dl class="ecl-description-list ecl-description-list--horizontal">{inner}</dl>' if inner else ""


def _section(anchor: str, title: str, inner: str) -> str:
    heading = f'<h2 id="{anchor}" class="ecl-u-type-heading-2">{title}</h2>'
    return f'<div class="ecl-u-mb-2xl">{heading}{inner}</div>'


def _titled(title: str, text: str) -> str:
    if not text:
        return ""
    heading = f'<div class="ecl-u-type-bold ecl-u-mb-m">{title}</div>'
    return f'<div class="ecl-u-mb-m">{heading}<div class="ecl">{html_of(text)}</div></div>'


def _facts(call: SampleCall, wire: Wire) -> str:
    """The list at the top of an offer. Its Country and Organisation are the employer's."""
    return _list_of(
        ("Organisation/Company", html.escape(call.organisation)),
        ("Department", html.escape(wire.department)),
        ("Research Field", _each(wire.fields)),
        ("Researcher Profile", _each(wire.profiles)),
        ("Positions", html.escape(wire.position)),
        ("Application Deadline", printed_time(wire.deadline) if wire.deadline else ""),
        ("Country", wire.country),
        ("Type of Contract", wire.contract),
        ("Job Status", "Full-time"),
        ("Offer Starting Date", printed_time(wire.starting) if wire.starting else ""),
        ("Is the job funded through the EU Research Framework Programme?", wire.programme),
        ("Reference Number", wire.reference),
        ("Is the Job related to staff position within a Research Infrastructure?", "No"),
    )


def _each(names: tuple[str, ...]) -> str:
    return "".join(f"<div>{html.escape(name)}</div>" for name in names)


def _requirements(wire: Wire) -> str:
    asked = _list_of(("Research Field", _each(wire.fields)), ("Education Level", html.escape(wire.education)))
    languages = _list_of(("Languages", wire.languages), ("Level", "Good"))
    return asked + _titled("Skills/Qualifications", wire.skills) + languages


def _work_location(call: SampleCall, wire: Wire) -> str:
    """Where the work is: the labels of the employer's address again."""
    return _list_of(
        ("Number of offers available", str(wire.offers)),
        ("Company/Institute", html.escape(call.organisation)),
        ("Country", wire.country),
        ("City", html.escape(wire.city)),
    )


def detail(call: SampleCall, wire: Wire) -> str:
    """The page of one offer."""
    link = f'<a href="{wire.website}" class="job-apply-button" target="_blank">{wire.website}</a>'
    website = link if wire.website else ""
    more = _titled("Benefits", wire.benefits) + _titled("Eligibility criteria", wire.eligibility)
    contact = _list_of(("City", html.escape(wire.city)), ("Website", website))
    main = f"""<article><div class="ecl-row"><div class="ecl-col-l-9">
<div class="ecl-content-item__meta"><div id="job-status" class="ecl-u-d-flex"></div><div class="ecl-u-mt-xs">
{STYLES["short"](call.posted.on)}</div></div>
{_section("job-information", "Job Information", _facts(call, wire))}
{_section("offer-description", "Offer Description", f'<div class="ecl">{html_of(call.body)}</div>')}
{_section("where-to-apply", "Where to apply", _list_of(("Website", website)))}
{_section("requirements", "Requirements", _requirements(wire))}
{_section("additional-information", "Additional Information", more)}
{_section("work-locations", "Work Location(s)", _work_location(call, wire))}
{_section("contact", "Contact", contact)}
</div></div></article>"""
    return frame("Jobs and Career Opportunities in Europe", f"/jobs/{wire.offer}", _header(call, wire), main)


def _header(call: SampleCall, wire: Wire) -> str:
    """What stands above an offer: two `h1`, of which the first says only "Job offer"."""
    return f"""<div class="ecl-page-header__title-container"><h1 class="ecl-page-header__title">Job offer</h1></div>
<div id="block-rtd-euraxess-euraxesspageheader"><article class="ecl-content-item"><div class="ecl-content-block">\
<ul class="ecl-content-block__label-container"><li><span class="ecl-label ecl-label--low">JOB</span></li>\
<li><span class="ecl-label ecl-label--highlight">{wire.country}</span></li></ul>\
<ul class="ecl-content-block__primary-meta-container"><li class="ecl-content-block__primary-meta-item">\
<a href="/partnering/organisations/profile/{wire.offer}" hreflang="en">{html.escape(call.organisation)}</a></li>\
<li class="ecl-content-block__primary-meta-item">Posted on: {STYLES["dmy"](call.posted.on)}</li></ul>\
<h1 class="ecl-content-block__title">{html.escape(call.title)} </h1></div></article></div>"""
