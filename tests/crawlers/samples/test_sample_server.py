"""The sample web over real HTTP: hosts by header, kept-alive connections, right types, a clean end."""

import datetime as dt
import socket

import httpx
import pytest

from crawlers.samples.server import running
from crawlers.samples.web import web_on
from tests.crawlers.samples.walking import TODAY

TYPES = [
    ("euraxess.ec.europa.eu", "/jobs/search", "text/html; charset=UTF-8"),
    ("opportunitydesk.org", "/wp-json/wp/v2/posts", "application/json; charset=UTF-8"),
    ("api.reliefweb.int", "/v2/training?appname=x", "application/json"),
    ("medicalaid.org", "/sitemap.xml", "text/xml; charset=UTF-8"),
    ("library.maastrichtuniversity.nl", "/events/teaching-on-the-run/ical/", "text/calendar; charset=utf-8"),
    (
        "publications.inschool.id",
        "/index.php/ghmj/gateway/plugin/AnnouncementFeedGatewayPlugin/atom",
        "application/atom+xml; charset=utf-8",
    ),
    ("api.reliefweb.int", "/robots.txt", "text/plain; charset=UTF-8"),
]


@pytest.mark.parametrize(("host", "path", "content_type"), TYPES)
def test_each_host_answers_in_its_own_type(host: str, path: str, content_type: str) -> None:
    with running(web_on(TODAY)) as server:
        answer = httpx.get(f"http://127.0.0.1:{server.port}{path}", headers={"Host": host})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == content_type
    assert int(answer.headers["Content-Length"]) == len(answer.content)


def test_one_connection_serves_many_requests_and_all_are_counted() -> None:
    with running(web_on(TODAY)) as server, httpx.Client(base_url=f"http://127.0.0.1:{server.port}") as client:
        headers = {"Host": "euraxess.ec.europa.eu"}
        first = client.get("/jobs/940101", headers=headers)
        again = client.get("/jobs/940101", headers=headers | {"If-None-Match": first.headers["ETag"]})
        head = client.head("/jobs/940101", headers=headers)
        assert (first.status_code, again.status_code, head.status_code) == (200, 304, 200)
        assert (again.content, head.content) == (b"", b"")
        assert head.headers["Content-Length"] == first.headers["Content-Length"]
        assert server.asked == 3
        assert first.http_version == "HTTP/1.1"


def test_a_person_finds_the_hosts_by_path() -> None:
    with running(web_on(TODAY)) as server, httpx.Client(base_url=f"http://127.0.0.1:{server.port}") as client:
        assert f"The sample web on {TODAY.isoformat()}" in client.get("/").text
        assert "Northmere" in client.get("/euraxess.ec.europa.eu/jobs/940101").text
        assert client.get("/elsewhere.example/").status_code == 404


def test_the_port_is_on_loopback_only_and_free_again_afterwards() -> None:
    with running(web_on(TODAY)) as server:
        port = server.port
        assert server.server_address[0] == "127.0.0.1"
        with pytest.raises(OSError, match="in use"), running(web_on(TODAY), port):
            pytest.fail("two servers on one port")
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


def test_yesterdays_web_can_be_served_beside_todays() -> None:
    path = {"Host": "opportunitydesk.org"}
    yesterday = web_on(TODAY - dt.timedelta(days=1), TODAY)
    with running(web_on(TODAY)) as now, running(yesterday) as then:
        posts = [
            httpx.get(f"http://127.0.0.1:{server.port}/wp-json/wp/v2/posts?per_page=100", headers=path).json()
            for server in (then, now)
        ]
    assert len(posts[1]) == len(posts[0]) + 1
