"""Signing in through the organisation: a real provider on loopback, honest and not."""

from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest
from sqlalchemy import Engine

from api.app import create_app
from api.openid import ProviderAway
from catalog.database import writing
from catalog.settings import Settings
from catalog.stores.accounts import deactivate
from catalog.stores.invitations import invite
from catalog.tables import Mentor
from tests.api.conftest import populate
from tests.api.openid_provider import CLIENT, SECRET, Provider, new_key, providing
from tests.api.serving import Served, serving
from tests.builders import NOW

ADA = {"sub": "person-1", "email": "Ada@Lakeside.example.org", "email_verified": True, "name": "Ada O."}
SOON = int(NOW.timestamp())


@dataclass
class House:
    served: Served
    provider: Provider

    def browser(self) -> httpx.Client:
        return self.served.client()

    def sign_in(self, browser: httpx.Client, **person: object) -> httpx.Response:
        """The whole round: there, through the provider, and back."""
        self.provider.person = {**ADA, **person}
        return browser.get(self.back(browser))

    def back(self, browser: httpx.Client) -> str:
        there = browser.get("/v1/sign-in/oidc")
        assert there.status_code == 303, there.text
        return httpx.get(there.headers["location"], timeout=60).headers["location"]


@pytest.fixture
def house(database_url: str, engine: Engine) -> Iterator[House]:
    populate(engine)
    with providing() as provider:
        settings = {
            "oidc_issuer": provider.issuer,
            "oidc_client_id": CLIENT,
            "oidc_client_secret": SECRET,
            "oidc_name": "Lakeside Hospital",
        }
        with serving(database_url, **settings) as served:
            yield House(served, provider)


def refused(answer: httpx.Response) -> str:
    assert answer.status_code == 303
    assert "opportune=" not in answer.headers.get("set-cookie", "")
    return answer.headers["location"].removeprefix("/?sign-in-refused=")


def test_off_by_default(served: Served) -> None:
    anyone = served.client()
    assert anyone.get("/v1/sign-in/methods").json() == {"password": True, "openid": None}
    assert anyone.get("/v1/sign-in/oidc").status_code == 404
    assert anyone.get("/v1/sign-in/oidc/callback?state=x&code=y").status_code == 404


def test_who_has_an_account_signs_in_with_a_session_like_any_other(house: House) -> None:
    browser = house.browser()
    methods = browser.get("/v1/sign-in/methods").json()
    assert methods["openid"] == {"name": "Lakeside Hospital", "start": "/v1/sign-in/oidc"}
    answer = house.sign_in(browser)
    assert answer.headers["location"] == "/"
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert browser.get("/v1/me").json()["id"] == "mtr_ada"
    [asked] = house.provider.asked
    assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
    assert len({asked["state"], asked["nonce"], asked["code_challenge"]}) == 3


def test_who_was_invited_joins_and_who_was_not_does_not(house: House) -> None:
    stranger = {"sub": "person-2", "email": "gus@lakeside.example.org", "name": "Gus Orchard"}
    assert refused(house.sign_in(house.browser(), **stranger)) == "unknown"
    with writing(house.served.engine) as session:
        invite(session, email="gus@lakeside.example.org", now=NOW, programme_id="prg_lakeside")
    browser = house.browser()
    house.sign_in(browser, **stranger)
    me = browser.get("/v1/me").json()
    assert (me["name"], me["programmes"][0]["id"]) == ("Gus Orchard", "prg_lakeside")


@pytest.mark.parametrize("verified", [False, None, "true"])
def test_an_address_that_the_provider_has_not_verified_counts_for_nothing(house: House, verified: object) -> None:
    assert refused(house.sign_in(house.browser(), email_verified=verified)) == "unknown"


def test_an_address_that_became_somebody_elses_opens_no_account(house: House) -> None:
    house.sign_in(house.browser())
    assert refused(house.sign_in(house.browser(), sub="person-9")) == "unknown"
    renamed = house.browser()
    house.sign_in(renamed, email="ada.orchard@lakeside.example.org")
    assert renamed.get("/v1/me").json()["id"] == "mtr_ada", "the person is who counts"


def test_who_lost_their_access_does_not_get_in(house: House) -> None:
    house.sign_in(house.browser())
    with writing(house.served.engine) as session:
        deactivate(session, session.get_one(Mentor, "mtr_ada"), now=NOW)
    assert refused(house.sign_in(house.browser())) == "unknown"


@pytest.mark.parametrize(
    "lie",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"exp": SOON - 61},
        {"exp": None},
        {"aud": "another-client"},
        {"aud": [CLIENT, "another-client"]},
        {"aud": None},
        {"iss": "http://127.0.0.1:1"},
        {"iss": None},
        {"sub": None},
        {"iat": SOON + 3600},
    ],
    ids=str,
)
def test_a_token_that_is_not_for_this_sign_in_is_refused(house: House, lie: dict[str, object]) -> None:
    house.provider.lies = lie
    assert refused(house.sign_in(house.browser())) == "provider"


def test_a_token_signed_by_anybody_else_is_refused_and_new_keys_are_read(house: House) -> None:
    house.sign_in(house.browser())
    house.provider.publishes = house.provider.signs_with
    house.provider.signs_with = new_key("one")  # the same name, another key
    assert refused(house.sign_in(house.browser())) == "provider"
    house.provider.signs_with, house.provider.publishes = new_key("two"), None
    assert house.sign_in(house.browser()).headers["location"] == "/"


def test_a_state_works_once_in_its_own_browser_and_for_ten_minutes(house: House) -> None:
    house.provider.person = ADA
    mine = house.browser()
    back = house.back(mine)
    assert refused(house.browser().get(back)) == "state", "somebody else's browser"
    assert mine.get(back).headers["location"] == "/"
    assert refused(mine.get(back)) == "state", "replayed"
    late = house.browser()
    back = house.back(late)
    house.served.clock.forward(minutes=10)
    assert refused(late.get(back)) == "state"
    assert refused(mine.get("/v1/sign-in/oidc/callback")) == "state"


def test_a_no_of_the_provider_and_an_answer_of_another_issuer_are_refused(house: House) -> None:
    for change in ("&error=access_denied", "&iss=https%3A%2F%2Fevil.example"):
        browser = house.browser()
        back = house.back(browser)
        assert refused(browser.get(back.replace("&iss=", "&was=") + change)) == "provider"


def test_a_provider_that_is_away_is_told(house: House) -> None:
    house.served.app.state.service.openid.issuer = "http://127.0.0.1:1"
    assert refused(house.browser().get("/v1/sign-in/oidc")) == "away"


def test_a_provider_in_the_clear_is_not_begun_with() -> None:
    with pytest.raises(ProviderAway, match="https"):
        create_app(Settings(_env_file=None, environment="test", oidc_issuer="http://idp.example.org"))


@pytest.mark.parametrize("known", [True, False])
def test_the_cookie_of_the_attempt_goes_when_it_is_over(database_url: str, engine: Engine, known: bool) -> None:
    """Over https it has the `__Host-` prefix, and a browser heeds no answer about it that is not Secure."""
    populate(engine)
    with providing() as provider:
        settings = {"oidc_issuer": provider.issuer, "oidc_client_id": CLIENT, "oidc_client_secret": SECRET}
        with serving(database_url, public_url="https://opportune.example.org", **settings) as served:
            house = House(served, provider)
            browser = house.browser()
            there = browser.get("/v1/sign-in/oidc")
            [name] = [part.partition("=")[0] for part in there.headers.get_list("set-cookie")]
            assert name.startswith("__Host-")
            provider.person = ADA if known else {**ADA, "email": "nobody@lakeside.example.org"}
            cookie = there.headers["set-cookie"].partition(";")[0]
            back = httpx.get(there.headers["location"], timeout=60).headers["location"].partition("/v1/")[2]
            answer = httpx.get(f"{served.url}/v1/{back}", headers={"Cookie": cookie}, timeout=60)
            assert answer.headers["location"] == ("/" if known else "/?sign-in-refused=unknown")
            [over] = [one for one in answer.headers.get_list("set-cookie") if one.startswith(f"{name}=")]
            assert "Max-Age=0" in over
            assert "Secure" in over
