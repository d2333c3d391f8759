"""The demo from beginning to end: crawled as of yesterday, worked with, and found anew by tonight's night.

Nothing is put into the database by the back door: calls come through the spiders, people and what is done
for them through the API; only the first accounts are made as an operator makes them.
"""

import datetime as dt
import os
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from catalog.schema import upgrade
from crawlers.report import ALL_HEALTHY, NOT_ALL_HEALTHY
from crawlers.samples.server import running
from crawlers.samples.web import web_on
from operations.demonstration.failing import DemoFailed, client
from operations.demonstration.people import add_mentees, make_accounts
from operations.demonstration.service import held, serving, wait_until_indexed
from operations.demonstration.story import Told, begin
from operations.nightly import LOOK, opportune

Announce = Callable[[str], None]
_NIGHT_WENT_WELL = (ALL_HEALTHY, NOT_ALL_HEALTHY, LOOK)


@dataclass(frozen=True, slots=True)
class Ready:
    """What a person or a program needs to use the demo."""

    url: str
    email: str
    password: str
    api_key: str
    mentees: tuple[str, ...]
    story: tuple[Told, ...]

    def as_json(self) -> dict[str, Any]:
        """One line for programs."""
        return {
            "url": self.url,
            "sign_in": {"email": self.email, "password": self.password},
            "api_key": self.api_key,
            "mentees": list(self.mentees),
            "story": [one.as_json() for one in self.story],
        }


@contextmanager
def demonstration(folder: Path, port: int, today: dt.date, announce: Announce) -> Iterator[Ready]:
    """Set everything up in `folder` and serve it for as long as the block lasts. Raises DemoFailed."""
    url = f"sqlite:///{folder / 'opportune.db'}"
    yesterday = today - dt.timedelta(days=1)
    with held(port) as kept, running(web_on(yesterday, today)) as web:
        announce("Making the database")
        upgrade(url)
        environment = demo_settings(folder, url, web.port)
        with as_file(files("crawlers.samples").joinpath("watched.toml")) as watched:
            _run(("watch", "import", str(watched)), environment)
        announce("Crawling the sample web as of yesterday")
        _run(("crawl", "--as-of", yesterday.isoformat()), environment, (ALL_HEALTHY, NOT_ALL_HEALTHY))
        first = make_accounts(url)[0]
        announce("Starting the service")
        with serving(kept, environment) as address, client(address, first.api_key) as api:
            announce("Adding the mentees, and doing a mentor's evening, through the API")
            mentees = add_mentees(api)
            story = begin(api, address, mentees, today)
            web.web = web_on(today)
            announce("The night: crawling as of today, indexing, seeing what is new for whom")
            _run(("nightly",), environment, _NIGHT_WENT_WELL)
            wait_until_indexed(address)
            yield Ready(address, first.email, first.password, first.api_key, tuple(mentees.values()), story)


def demo_settings(folder: Path, url: str, web_port: int) -> dict[str, str]:
    """The settings of the demo and no others: what is set on this machine does not change what is shown."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("OPPORTUNE_")}
    return kept | {
        "OPPORTUNE_ENVIRONMENT": "demo",
        "OPPORTUNE_DATA_DIR": str(folder),
        "OPPORTUNE_DATABASE_URL": url,
        "OPPORTUNE_SAMPLE_WEB_PORT": str(web_port),
        "OPPORTUNE_SIMPLER_GRANTS_API_KEY": "sample",
        "OPPORTUNE_RELIEFWEB_APPNAME": "opportune-sample",
        "HF_HUB_OFFLINE": "1",
    }


def _run(arguments: tuple[str, ...], environment: Mapping[str, str], allowed: tuple[int, ...] = (0,)) -> None:
    done = subprocess.run([*opportune(), *arguments], env=environment, capture_output=True, text=True, check=False)
    if done.returncode not in allowed:
        said = f"{done.stdout}\n{done.stderr}".strip()
        raise DemoFailed(f"`opportune {' '.join(arguments)}` ended with {done.returncode}:\n{said[-4000:]}")
