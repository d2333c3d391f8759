"""A night as a report: for machines as JSON, for people as one page that needs nothing else."""

import datetime as dt
from collections.abc import Iterable
from html import escape

from pydantic import BaseModel, Field
from sqlmodel import Session

from catalog.alarms import alarms
from catalog.stores.health import queues, source_health
from catalog.stores.nights import crawl_report_since
from catalog.words import RunVerdict
from crawlers.report import CrawlReport
from operations.nightly import LOOK, Night

_STYLE = """body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;
color-scheme:light dark}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #8886;
vertical-align:top}td.number{text-align:right;font-variant-numeric:tabular-nums}.alarm{border-left:.3rem solid #b3261e;
padding:.3rem 1rem;margin:1rem 0}"""
_MEANING = {
    0: "All sources were healthy.",
    1: "Nothing was usable, or a step failed.",
    3: "Some sources were not healthy; what they gave is kept.",
    LOOK: "Somebody must look.",
    75: "Another crawl was running.",
}


class StepReport(BaseModel):
    """What a step of the night ended with."""

    name: str
    exit_code: int
    seconds: float


class NightReport(BaseModel):
    """How a night went, and how things stand after it."""

    night_id: str
    started_at: dt.datetime
    finished_at: dt.datetime
    exit_code: int
    steps: list[StepReport] = Field(default_factory=list)
    alarms: list[str] = Field(default_factory=list)
    mails: dict[str, int] = Field(default_factory=dict)  # that are not settled, by state
    webhooks: dict[str, int] = Field(default_factory=dict)
    to_review: int = 0
    crawl: CrawlReport | None = None


def report_night(
    session: Session, night_id: str, night: Night, started_at: dt.datetime, now: dt.datetime
) -> NightReport:
    """What is to be said of a night that has just ended."""
    raised = [alarm.sentence for alarm in alarms(source_health(session), now)]
    waiting = queues(session)
    crawl = crawl_report_since(session, started_at)
    code = night.exit_code
    return NightReport(
        night_id=night_id,
        started_at=started_at,
        finished_at=now,
        exit_code=LOOK if raised and code in (0, 3) else code,
        steps=[
            StepReport(name=name, exit_code=ended, seconds=round(night.seconds.get(name, 0.0), 1))
            for name, ended in night.codes.items()
        ],
        alarms=raised,
        mails={str(state): count for state, count in waiting.messages.items()},
        webhooks={str(state): count for state, count in waiting.deliveries.items()},
        to_review=waiting.reviews,
        crawl=CrawlReport.model_validate(crawl) if crawl else None,
    )


def page(report: NightReport) -> str:
    """The report as HTML. It runs no script and asks for nothing; what sites said is text."""
    parts = [
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>",
        "<meta http-equiv=Content-Security-Policy content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        f"<title>Opportune, night of {report.started_at:%Y-%m-%d}</title><style>{_STYLE}</style>",
        f"<h1>Night of {report.started_at:%A, %d %B %Y}</h1>",
        f"<p>{escape(_MEANING.get(report.exit_code, f'It ended with {report.exit_code}.'))} "
        f"From {report.started_at:%H:%M} to {report.finished_at:%H:%M} UTC.</p>",
        *(f"<p class=alarm role=alert>{escape(sentence)}</p>" for sentence in report.alarms),
        "<h2>Sources</h2>",
        _sources(report.crawl) if report.crawl else "<p>The crawl came to no report.</p>",
        "<h2>Steps</h2>",
        _table(("step", "ended with", "seconds"), ([one.name, one.exit_code, one.seconds] for one in report.steps)),
        "<h2>What waits</h2>",
        _table(
            ("state", "mails", "events for programs"),
            ([state, count, report.webhooks.get(state, 0)] for state, count in report.mails.items()),
        ),
        f"<p>{report.to_review} postings wait for a person's decision.</p>",
    ]
    return "\n".join(parts) + "\n"


def _sources(crawl: CrawlReport) -> str:
    worst = sorted(crawl.sources, key=lambda one: (one.verdict is RunVerdict.HEALTHY, one.source))
    rows = (
        [one.source, str(one.verdict or "-"), one.pages, one.drafts, one.new, one.refreshed, one.missed,
         "; ".join(one.reasons)]
        for one in worst
    )  # fmt: skip
    heads = ("source", "verdict", "pages", "postings", "new", "again", "missed", "why")
    sample = "<p>Sample mode: nothing of this came from a real site.</p>" if crawl.sample_web_port is not None else ""
    return sample + _table(heads, rows)


def _table(heads: Iterable[str], rows: Iterable[list[object]]) -> str:
    head = "".join(f"<th scope=col>{escape(name)}</th>" for name in heads)
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(value: object) -> str:
    number = " class=number" if isinstance(value, int | float) else ""
    return f"<td{number}>{escape(str(value))}</td>"
