"""Forty sources of one invented kind, each with a host of its own: what `bench.night` crawls."""

from bench.crawled import Pages

SOURCES, FIRST_ADDRESS = 40, 10


def host_of(number: int) -> str:
    """A source's host."""
    return f"source-{number:02}.example.org"


def address_of(host: str) -> str:
    """The loopback address that stands for a source's host."""
    return f"127.0.0.{FIRST_ADDRESS + int(host.removeprefix('source-').partition('.')[0])}"


def _source(number: int) -> type[Pages]:
    host = host_of(number)
    facts = {
        "__doc__": "One of forty.",
        "__module__": __name__,
        "name": f"source_{number:02}",
        "title": f"Invented site {number}",
        "homepage": f"http://{host}/",
        "hosts": (host,),
        "entrances": (f"http://{host}/sitemap.xml",),
    }
    return type(f"Source{number:02}", (Pages,), facts)


for _number in range(SOURCES):
    globals()[f"Source{_number:02}"] = _source(_number)
