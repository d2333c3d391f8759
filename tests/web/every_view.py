"""Every view of the page: where it is, what is always there, and what it says when there is nothing."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from playwright.sync_api import Page, Route

from tests.web.conftest import Demo


@dataclass(frozen=True)
class View:
    """One view.

    `snapshot` is what is always there, as an aria snapshot; `empty` the heading that is shown when each list it asks
    for is empty, or nothing where that cannot be. `public` views need nobody to be signed in, and `signed_out` ones are
    shown to nobody else. A view that `asks` the API for something says what went wrong when it has no answer; what only
    a mail would lead to is `invented`: an address of the API and its answer.
    """

    name: str
    path: str
    snapshot: str
    empty: str = ""
    public: bool = False
    asks: bool = True
    signed_out: bool = False
    invented: tuple[str, Any] | None = None

    def address(self, demo: Demo, named: dict[str, str]) -> str:
        """Where it is in this demo."""
        return demo.url + self.path.format(**named)


VIEWS = [
    View(
        "today",
        "/",
        """
        - main:
          - heading "Today" [level=1]
          - region:
            - heading [level=2]:
              - link
            - list:
              - listitem:
                - article:
                  - heading [level=3]:
                    - link
                  - button /Remind me/
        """,
        empty="Nothing left today",
    ),
    View(
        "mentees",
        "/mentees",
        """
        - main:
          - heading "Mentees" [level=1]
          - list:
            - listitem:
              - heading [level=2]:
                - link
        """,
        empty="No mentees yet",
    ),
    View(
        "mentee",
        "/mentees/{mentee}",
        """
        - main:
          - heading "Noor Haddad-Quill" [level=1]
          - region "Goals"
          - region "The year ahead":
            - heading "The year ahead" [level=2]
            - region:
              - img /\\d+ deadlines? and \\d+ expected windows? in the next twelve months/
          - region /Recommended/:
            - heading /Recommended \\(\\d+\\)/ [level=2]
            - form "Filters":
              - group "Kind":
                - checkbox "Fellowship"
                - checkbox "Internship"
            - list:
              - listitem:
                - article:
                  - heading [level=3]:
                    - link
                  - button /Forward/
                  - button /Save/
                  - button /Snooze a/
                  - button /Dismiss/
        """,
        empty="Nothing left here",
    ),
    View(
        "mentee_new",
        "/mentees/new",
        """
        - main:
          - heading "Add a mentee" [level=1]
          - form "Add a mentee":
            - textbox "Name"
            - combobox "Stage"
            - combobox "Citizenship"
            - textbox "Goals, one to a line"
            - button "Add a mentee"
            - link "Cancel"
        """,
        asks=False,
    ),
    View(
        "mentee_edit",
        "/mentees/{mentee}/edit",
        """
        - main:
          - heading "Edit Noor Haddad-Quill" [level=1]
          - region "Facts":
            - form "Facts":
              - textbox "Name": Noor Haddad-Quill
              - combobox "Stage"
              - combobox "Citizenship"
              - button "Save"
          - region "Goals":
            - list "Goals":
              - listitem:
                - article:
                  - heading [level=3]
                  - button /Change/
                  - button /Lay aside/
            - form "Add a goal"
          - region "Keep, hand out, forget":
            - term:
              - link "Export everything"
            - term:
              - button "Archive"
            - term:
              - button "Erase…"
        """,
    ),
    View(
        "shown",
        "/mentees/{mentee}/shown",
        """
        - main:
          - heading "What was shown" [level=1]
          - form "Shown on":
            - textbox "Shown on"
          - list:
            - listitem:
              - article:
                - heading [level=2]
        """,
        empty="Nothing was shown yet",
    ),
    View(
        "import",
        "/mentees/import",
        """
        - main:
          - heading "Import mentees" [level=1]
          - form "Import mentees":
            - button "A file"
            - textbox "Or paste the rows"
            - button "Show what it would do"
            - link "Download the template"
        """,
        asks=False,
    ),
    View(
        "settings",
        "/settings",
        """
        - main:
          - heading "You and your mail" [level=1]
          - navigation "Settings":
            - link "You and your mail"
            - link "Messages"
          - form "You and your mail":
            - group "About you":
              - textbox "Your name"
              - combobox "Time zone"
            - group "The digest":
              - combobox "How often"
            - button "Save"
        """,
        asks=False,
    ),
    View(
        "templates",
        "/settings/templates",
        """
        - main:
          - heading "Messages" [level=1]
          - list:
            - listitem:
              - article:
                - heading /Opportune/ [level=2]
                - button /Write my own from this/
        """,
    ),
    View(
        "access",
        "/settings/access",
        """
        - main:
          - heading "Sessions and keys" [level=1]
          - region "Where you are signed in":
            - list:
              - listitem:
                - heading [level=3]
          - region "API keys":
            - group: Make a key
            - list:
              - listitem:
                - article:
                  - heading [level=3]
        """,
    ),
    View(
        "feeds",
        "/settings/feeds",
        """
        - main:
          - heading "Feeds" [level=1]
          - group: Make a feed
        """,
        empty="No feeds yet",
    ),
    View(
        "webhooks",
        "/settings/webhooks",
        """
        - main:
          - heading "Webhooks" [level=1]
          - group: Add a webhook
        """,
        empty="No webhooks yet",
    ),
    View(
        "people",
        "/administration",
        """
        - main:
          - heading "People" [level=1]
          - navigation "Administration":
            - link "People"
            - link "Programmes"
            - link "Who mentors whom"
            - link "Record"
          - group: Invite somebody
          - region "Accounts":
            - list:
              - listitem:
                - article:
                  - heading [level=3]
                  - button /Take access away/
        """,
        empty="Nobody yet",
    ),
    View(
        "programmes",
        "/administration/programmes",
        """
        - main:
          - heading "Programmes" [level=1]
          - list:
            - listitem:
              - article:
                - heading [level=2]
                - button /Who is in it/
                - button /Rename/
        """,
        empty="No programmes yet",
    ),
    View(
        "mentoring",
        "/administration/mentoring",
        """
        - main:
          - heading "Who mentors whom" [level=1]
          - list "How many each mentor has"
          - list:
            - listitem:
              - article:
                - heading [level=2]:
                  - link
                - paragraph:
                  - button "Change…"
        """,
        empty="No mentees yet",
    ),
    View(
        "record",
        "/administration/record",
        """
        - main:
          - heading "Record" [level=1]
          - form "Filters":
            - combobox "Who"
            - combobox "What"
            - textbox "From"
            - textbox "Until"
          - region:
            - heading [level=2]
            - list:
              - listitem:
                - paragraph
        """,
        empty="Nothing in the record",
    ),
    View(
        "meeting",
        "/mentees/{mentee}/meeting",
        """
        - main:
          - heading "Meeting with Noor Haddad-Quill" [level=1]
          - paragraph:
            - button "Print"
            - link "Back to Noor Haddad-Quill"
          - heading "Goals" [level=2]
          - heading "To talk about" [level=2]
          - list:
            - listitem:
              - heading [level=3]
          - heading "Notes" [level=2]
        """,
    ),
    View(
        "search",
        "/opportunities?q=surgery",
        """
        - main:
          - heading "Search" [level=1]
          - search "Search all calls":
            - searchbox "Search all calls": surgery
            - button "Search"
            - group "Look for":
              - radio "What is meant" [checked]
              - radio "Every word"
          - region "Calls":
            - list:
              - listitem:
                - article:
                  - heading [level=2]
        """,
        empty="Nothing found",
    ),
    View(
        "call",
        "/opportunities/{call}",
        """
        - main:
          - heading [level=1]
          - region "What it says"
          - region "Dates"
          - region "Where we read it"
          - region "My mentees":
            - heading "My mentees" [level=2]
            - list:
              - listitem:
                - article:
                  - checkbox /Choose/
                  - heading [level=3]
          - region "More like this"
        """,
        empty="No mentees yet",
    ),
    View(
        "forwarded",
        "/forwarded",
        """
        - main:
          - heading "Forwarded" [level=1]
          - form "Filters":
            - combobox "Mentee"
        """,
        empty="Nothing forwarded yet",
    ),
    View(
        "sources",
        "/sources",
        """
        - main:
          - heading "Sources" [level=1]
          - region "Read now":
            - button "Read everything now"
          - region "Sources":
            - table:
              - rowgroup:
                - row "Source State Last good crawl Open Found lately Read now"
              - rowgroup:
                - row:
                  - cell:
                    - figure:
                      - img /Found in the last/
                  - cell:
                    - button /Read now/
        """,
        empty="Nothing was read yet",
    ),
    View(
        "review",
        "/review",
        """
        - main:
          - heading "Review" [level=1]
          - navigation "Review":
            - link /Waiting/
            - link "Decided"
        """,
        empty="Nothing waits",
    ),
    View(
        "watched",
        "/watched",
        """
        - main:
          - heading "Watched pages" [level=1]
          - form "Watch a page":
            - textbox "Address"
            - button "Watch it"
        """,
        empty="No page is watched yet",
    ),
    View(
        "coverage",
        "/coverage",
        """
        - main:
          - heading "What is covered" [level=1]
          - heading "On" [level=2]
        """,
        empty="Nothing was read yet",
        public=True,
    ),
    View(
        "invitation",
        "/invitation#{secret}",
        """
        - main:
          - form "Join Opportune":
            - heading "Join Opportune" [level=1]
            - textbox "Your name, as mentees know you (optional)"
            - textbox "Password"
            - button "Save and sign in"
        """,
        public=True,
        asks=False,
    ),
    View(
        "new_password",
        "/new-password#{secret}",
        """
        - main:
          - form "Choose a password":
            - heading "Choose a password" [level=1]
            - textbox "Password"
            - checkbox "Keep my keys, feeds and webhooks"
            - button "Save and sign in"
        """,
        public=True,
        asks=False,
    ),
    View(
        "reply",
        "/reply#{token}",
        """
        - main:
          - heading [level=1]
          - form "What shall we tell your mentor?":
            - heading "What shall we tell your mentor?" [level=2]
            - button "Interested"
            - button "Not for me"
        """,
        public=True,
    ),
    View(
        "unsubscribe",
        "/unsubscribe#{secret}",
        """
        - main:
          - heading "Mail from Opportune" [level=1]
          - paragraph:
            - strong: The digest about your mentees
          - status: It comes to you by mail.
          - paragraph:
            - button "Send me no more of it"
        """,
        public=True,
        invented=("**/v1/unsubscribe/*", {"about": "digest", "subscribed": True}),
    ),
    View(
        "sign_in",
        "/nowhere",
        """
        - main:
          - form "Sign in":
            - heading "Sign in" [level=1]
            - textbox "E-mail"
            - textbox "Password"
            - button "Sign in"
        """,
        public=True,
        asks=False,
        signed_out=True,
    ),
]
"""What signs out comes last: whoever goes through them all is signed out by it."""


def pretend(page: Page) -> None:
    """Answer what is invented, whatever else is done to the page's requests."""
    for address, answer in (view.invented for view in VIEWS if view.invented):
        page.context.route(address, partial(_fulfil, answer))


def _fulfil(answer: Any, route: Route) -> None:
    route.fulfill(json=answer)


SIGN = "<img src=x onerror='window.__pwned=1'>\u202egnol\u202c "
HOSTILE = SIGN + "W" * 2000
WORDS = frozenset(
    [
        "title",
        "organisation",
        "summary",
        "description",
        "quote",
        "sentence",
        "text",
        "name",
        "goal",
        "line",
        "subject",
        "message",
        "reason",
        "url",
        "host",
        "homepage",
        "source_title",
        "question",
        "gap",
        "gaps",
        "specialty",
        "said",
        "says",
        "disabled_reason",
        "label",
        "old_quote",
        "new_quote",
        "why",
    ]
)
"""Fields that hold what was crawled or typed."""


def hostile(value: Any, field: str = "") -> Any:
    """An answer of the API as somebody might wish it: markup, bidi, words of 2,000 letters, `javascript:`."""
    if isinstance(value, dict):
        return {name: hostile(one, name) for name, one in value.items()}
    if isinstance(value, list):
        return [hostile(one, field) for one in value[:3]]
    if field in ("url", "homepage") and value:
        return "javascript:window.__pwned=1//" + "W" * 500
    return HOSTILE if isinstance(value, str) and field in WORDS and value else value


def empty(value: Any) -> Any:
    """A list of the API with nothing in it; what is no list stays."""
    return value | {"items": [], "next": None} if isinstance(value, dict) and "items" in value else value
