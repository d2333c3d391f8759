"""The list of views that the browser tests go through: none of the page's own is left out."""

import re

from tests.web.every_view import VIEWS
from web import static_folder

ROUTES = (static_folder() / "assets" / "routes.js").read_text("utf-8")
NAMED = {"mentee": "mte_ben", "call": "opp_1", "token": "t", "secret": "s"}


def test_every_address_of_the_page_is_among_the_views_that_are_looked_at() -> None:
    """A view that is forgotten there would be read aloud, measured and attacked by nobody."""
    patterns = [found.replace(r"\/", "/") for found in re.findall(r"pattern: /(\S+)/, ", ROUTES)]
    assert len(patterns) == ROUTES.count("{ pattern:") > 20
    paths = [re.split("[?#]", view.path.format(**NAMED))[0] for view in VIEWS]
    seen = {next((pattern for pattern in patterns if re.search(pattern, path)), path) for path in paths}
    assert sorted(set(patterns) - seen) == []
