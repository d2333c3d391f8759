"""The sample web answers as the true services do: paging, keys, errors, robots, validators."""

import datetime as dt
import json
import re
from typing import Any
from urllib.parse import urlencode

import feedparser
import icalendar
import pytest
from parsel import Selector

from crawlers.samples.content import calls_on
from crawlers.samples.exchange import Request, Response
from crawlers.samples.formats import reliefweb, simpler_grants
from crawlers.samples.web import web_on
from tests.crawlers.samples.walking import DAYS, TODAY

WEB = web_on(TODAY)


def get(host: str, path: str, query: str = "", **headers: str) -> Response:
    return WEB.answer(Request("GET", host, path, query, headers))


def test_the_web_is_a_pure_function_of_its_days() -> None:
    asked = Request("GET", "opportunitydesk.org", "/wp-json/wp/v2/posts", "per_page=100&_embed=1")
    assert web_on(TODAY).answer(asked) == web_on(TODAY).answer(asked)
    assert web_on(TODAY).answer(asked).body != web_on(TODAY - dt.timedelta(days=1), TODAY).answer(asked).body


def test_an_unknown_host_and_an_unknown_page_are_404() -> None:
    assert get("elsewhere.example", "/").status == 404
    assert get("euraxess.ec.europa.eu", "/jobs/1").status == 404


def test_robots_differ_by_host() -> None:
    assert b"Disallow: /\n" in get("api.reliefweb.int", "/robots.txt").body
    assert b"Sitemap: https://medicalaid.org/sitemap.xml" in get("medicalaid.org", "/robots.txt").body
    assert get("api.simpler.grants.gov", "/robots.txt").status == 404


class TestConditionalRequests:
    """RFC 9110, 13.1: what the client has already is not sent again."""

    def page(self, **headers: str) -> Response:
        return get("euraxess.ec.europa.eu", "/jobs/940101", "", **headers)

    def test_a_page_carries_validators(self) -> None:
        assert re.fullmatch(r'"[0-9a-f]{24}"', self.page().headers["ETag"])
        assert self.page().headers["Last-Modified"].endswith("GMT")

    def test_a_matching_tag_gives_304_without_a_body(self) -> None:
        again = self.page(**{"if-none-match": f'"other", W/{self.page().headers["ETag"]}'})
        assert (again.status, again.body) == (304, b"")

    def test_a_date_that_is_late_enough_gives_304(self) -> None:
        changed = self.page().headers["Last-Modified"]
        assert self.page(**{"if-modified-since": changed}).status == 304
        assert self.page(**{"if-modified-since": "Mon, 01 Jan 2024 00:00:00 GMT"}).status == 200
        assert self.page(**{"if-modified-since": "yesterday"}).status == 200

    def test_the_tag_outweighs_the_date(self) -> None:
        changed = self.page().headers["Last-Modified"]
        assert self.page(**{"if-none-match": '"other"', "if-modified-since": changed}).status == 200

    def test_answers_to_post_carry_none(self) -> None:
        answer = search_grants({"page_offset": 1, "page_size": 5})
        assert "ETag" not in answer.headers


def search_grants(pagination: Any, key: str = "any", **asked: Any) -> Response:
    body = json.dumps({"pagination": pagination, **asked}).encode()
    headers = {"x-api-key": key} if key else {}
    return WEB.answer(Request("POST", "api.simpler.grants.gov", "/v1/opportunities/search", "", headers, body))


class TestSimplerGrants:
    """POST /v1/opportunities/search."""

    @pytest.mark.parametrize("key", ["", simpler_grants.REFUSED_KEY])
    def test_without_a_working_key_it_is_401(self, key: str) -> None:
        assert search_grants({"page_offset": 1, "page_size": 5}, key).status == 401

    @pytest.mark.parametrize(
        "pagination", [None, {}, {"page_offset": 1, "page_size": 101}, {"page_offset": 0, "page_size": 5}]
    )
    def test_bad_paging_is_422(self, pagination: Any) -> None:
        assert search_grants(pagination).status == 422

    def test_pages_partition_the_results(self) -> None:
        whole = json.loads(search_grants({"page_offset": 1, "page_size": 100}).body)
        pages = [json.loads(search_grants({"page_offset": page, "page_size": 4}).body) for page in (1, 2, 3, 4)]
        assert pages[0]["pagination_info"]["total_pages"] == -(-len(whole["data"]) // 4)
        assert [row for page in pages for row in page["data"]] == whole["data"]

    def test_filters_and_words_narrow(self) -> None:
        forecast = {"filters": {"opportunity_status": {"one_of": ["forecasted"]}}}
        (row,) = json.loads(search_grants({"page_offset": 1, "page_size": 9}, **forecast).body)["data"]
        assert row["summary"]["is_forecast"]
        assert row["summary"]["close_date"] is None
        found = json.loads(search_grants({"page_offset": 1, "page_size": 9}, query="stewardship").body)["data"]
        assert [row["opportunity_number"] for row in found] == ["AIPH-26-044"]


class TestSedia:
    """The multipart search of the EU portal."""

    def ask(self, parts: dict[str, Any], part_type: str = "application/json", query: str = "apiKey=SEDIA") -> Response:
        lines = "".join(
            f'--b\r\nContent-Disposition: form-data; name="{name}"; filename="blob"\r\n'
            f"Content-Type: {part_type}\r\n\r\n{json.dumps(value)}\r\n"
            for name, value in parts.items()
        )
        headers = {"content-type": "multipart/form-data; boundary=b"}
        path = "/search-api/prod/rest/search"
        body = f"{lines}--b--\r\n".encode()
        return WEB.answer(Request("POST", "api.tech.ec.europa.eu", path, query, headers, body))

    def test_only_json_parts_of_a_multipart_post_are_answered(self) -> None:
        assert get("api.tech.ec.europa.eu", "/search-api/prod/rest/search", "apiKey=SEDIA").status == 405
        assert self.ask({"languages": ["en"]}, part_type="text/plain").status == 500
        assert self.ask({"languages": ["en"]}, query="apiKey=other").status == 401
        assert self.ask({"languages": ["en"]}).status == 200

    def test_every_metadata_value_is_a_list_of_strings(self) -> None:
        results = json.loads(self.ask({}, query="apiKey=SEDIA&pageSize=100").body)["results"]
        values = [values for result in results for values in result["metadata"].values()]
        assert len(values) > len(results) > 0
        assert all(isinstance(one, list) and all(isinstance(value, str) for value in one) for one in values)

    def test_a_call_comes_once_for_each_language(self) -> None:
        everything = json.loads(self.ask({}, query="apiKey=SEDIA&pageSize=100").body)
        english = json.loads(self.ask({"languages": ["en"]}, query="apiKey=SEDIA&pageSize=100").body)
        assert everything["totalResults"] > english["totalResults"]

    def test_two_calls_share_an_address_and_not_a_reference(self) -> None:
        cascades = {"query": {"bool": {"must": [{"terms": {"type": ["8"]}}]}}, "languages": ["en"]}
        results = json.loads(self.ask(cascades, query="apiKey=SEDIA&pageSize=100").body)["results"]
        assert len({result["reference"] for result in results}) == len(results)
        assert len({result["url"] for result in results}) < len(results)


class TestEuraxess:
    """The list and its pages."""

    def cards(self, query: str) -> Selector:
        return Selector(get("euraxess.ec.europa.eu", "/jobs/search", query).body.decode())

    def test_ten_cards_a_page_and_an_empty_list_past_the_end(self) -> None:
        medical = "f[0]=offer_type:job_offer&f[1]=job_research_field:313"
        assert len(self.cards(f"{medical}&page=0").css("article.ecl-content-item")) == 10
        last = self.cards(f"{medical}&page=1")
        assert 0 < len(last.css("article.ecl-content-item")) < 10
        assert last.css("li.ecl-pagination__item--next") == []
        assert self.cards(f"{medical}&page=9").css("article.ecl-content-item") == []

    def test_the_link_to_the_next_page_keeps_the_facets(self) -> None:
        href = self.cards("f[0]=offer_type:job_offer&f[1]=job_research_field:313").css(
            "li.ecl-pagination__item--next a::attr(href)"
        )
        assert href.get() == "?" + urlencode(
            {"f[0]": "offer_type:job_offer", "f[1]": "job_research_field:313", "page": 1}
        )


class TestWordPress:
    """/wp-json/wp/v2/posts."""

    def posts(self, query: str) -> Response:
        return get("opportunitydesk.org", "/wp-json/wp/v2/posts", query)

    def test_the_number_of_pages_is_in_the_headers_and_the_page_after_the_last_is_400(self) -> None:
        first = self.posts("per_page=10")
        pages = int(first.headers["X-WP-TotalPages"])
        held = [
            post for page in range(1, pages + 1) for post in json.loads(self.posts(f"per_page=10&page={page}").body)
        ]
        assert len(held) == int(first.headers["X-WP-Total"]) > 20
        beyond = self.posts(f"per_page=10&page={pages + 1}")
        assert (beyond.status, json.loads(beyond.body)["code"]) == (400, "rest_post_invalid_page_number")

    def test_terms_are_embedded_only_when_asked_for(self) -> None:
        assert "_embedded" not in json.loads(self.posts("per_page=1").body)[0]
        assert json.loads(self.posts("per_page=1&_embed=1").body)[0]["_embedded"]["wp:term"]

    def test_only_what_changed_today_is_modified_after_last_night(self) -> None:
        changed = json.loads(self.posts(f"per_page=100&modified_after={TODAY.isoformat()}T00:00:00").body)
        assert {post["slug"] for post in changed} == {
            "tamarind-health-equity-fellowship",
            "new-today-community-paediatrics-fellowship",
        }

    def test_hostile_text_is_served_as_hostile_as_it_was_written(self) -> None:
        (post,) = [p for p in json.loads(self.posts("per_page=100").body) if p["slug"].startswith("pebble")]
        markup = post["content"]["rendered"]
        assert "<script>" in markup
        assert "javascript:" in markup
        assert "\u202e" in markup
        assert "\U000e0069" in markup
        assert "Ignore previous instructions" in markup
        assert max(len(word) for word in re.split(r"[\s<>]", markup)) == 2000


class TestCalendar:
    """A file for each event, some of them odd."""

    def file(self, slug: str) -> bytes:
        return get("library.maastrichtuniversity.nl", f"/events/{slug}//ical/").body

    def test_lines_are_folded_at_75_octets_and_end_in_crlf(self) -> None:
        for call in calls_on(TODAY, source="maastricht_events"):
            lines = self.file(call.id).split(b"\r\n")
            assert len(lines) > 5
            assert max(len(line) for line in lines) <= 75
            assert b"\n" not in b"".join(lines)

    def test_plain_files_read_back_with_a_strict_parser(self) -> None:
        calendar = icalendar.Calendar.from_ical(self.file("systematic-reviews-clinicians"))
        (event,) = calendar.events
        assert event["SUMMARY"] == "Systematic Reviews for Clinicians: From Question to Search"
        assert event.start.date() == TODAY + dt.timedelta(days=18)

    def test_the_odd_ones_are_odd(self) -> None:
        assert self.file("simulation-debriefing-course").count(b"\r\nTZID:") == 2
        assert b'UID:<span class="xQ8Cnt">' in self.file("open-science-for-students")
        assert b"DTSTART;VALUE=DATE:" in self.file("writing-week-early-career")
        assert re.search(rb"DTSTART:\d{8}T130000Z", self.file("maps-and-health-equity"))


@pytest.mark.parametrize(("form", "mime"), [("rss2", "rss"), ("atom", "atom"), ("rss", "rdf")])
def test_journals_announce_in_three_forms(form: str, mime: str) -> None:
    path = f"/index.php/cmej/gateway/plugin/AnnouncementFeedGatewayPlugin/{form}"
    answer = get("journalhosting.ucalgary.ca", path)
    assert answer.content_type == f"application/{mime}+xml; charset=utf-8"
    feed = feedparser.parse(answer.body)
    assert feed.feed.title == "Larkspur Journals of Learning and Practice: Announcements"
    assert "Call for Papers: Special issue on Teaching at the Bedside After the Pandemic" in [
        e.title for e in feed.entries
    ]
    assert all("<p>" in entry.summary for entry in feed.entries)
    assert get("journalhosting.ucalgary.ca", path.replace("cmej", "other")).status == 404


class TestReliefWeb:
    """/v2/training."""

    def ask(self, query: str, path: str = "/v2/training") -> tuple[int, Any]:
        answer = get("api.reliefweb.int", path, query)
        return answer.status, json.loads(answer.body)

    def test_the_application_must_be_named_and_approved(self) -> None:
        assert self.ask("")[0] == 400
        assert self.ask(f"appname={reliefweb.UNAPPROVED}")[0] == 403
        assert self.ask("appname=x", "/v1/training")[0] == 410
        assert self.ask("appname=x&limit=1001")[0] == 400

    def test_pages_follow_their_links(self) -> None:
        query, seen = "appname=x&limit=8&profile=full", []
        while query:
            _, page = self.ask(query)
            seen += [item["id"] for item in page["data"]]
            query = page["links"].get("next", {}).get("href", "").partition("?")[2]
        assert len(seen) == len(set(seen)) == page["totalCount"]

    def test_only_titles_are_sent_unless_more_is_asked_for(self) -> None:
        assert set(self.ask("appname=x")[1]["data"][0]["fields"]) == {"title"}
        assert "body-html" in self.ask("appname=x&profile=full")[1]["data"][0]["fields"]
        assert set(self.ask("appname=x&fields[include][]=date.registration")[1]["data"][0]["fields"]) <= {
            "title",
            "date",
        }


def test_the_sitemaps_lead_to_pages_that_exist() -> None:
    index = get("medicalaid.org", "/sitemap.xml").body.decode()
    pages = [
        address
        for sitemap in re.findall("<loc>https://medicalaid.org(.*?)</loc>", index)
        for address in re.findall(
            "<loc>https://medicalaid.org(.*?)</loc>", get("medicalaid.org", sitemap).body.decode()
        )
    ]
    assert len(pages) == len(calls_on(TODAY, source="international_medical_aid"))
    assert {get("medicalaid.org", path).status for path in pages} == {200}


@pytest.mark.parametrize("day", DAYS)
def test_every_page_of_every_day_can_be_laid_out(day: dt.date) -> None:
    web = web_on(day)
    posts = web.answer(Request("GET", "opportunitydesk.org", "/wp-json/wp/v2/posts", "per_page=100"))
    for post in json.loads(posts.body):
        own = web.answer(
            Request("GET", "opportunitydesk.org", post["link"].removeprefix("https://opportunitydesk.org"))
        )
        assert own.status == 200
    assert not re.search(r"\{[+-]\d+d", posts.body.decode())
