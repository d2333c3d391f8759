"""The style sheet: nothing moves for who wants it still, and nothing is tied to the left or the right."""

import re

from web import static_folder

STYLE = re.sub(r"/\*.*?\*/", "", (static_folder() / "assets" / "style.css").read_text("utf-8"), flags=re.DOTALL)
FOR_WHO_LIKES_MOTION = re.compile(r"@media \(prefers-reduced-motion: no-preference\) \{.*?\n\}", re.DOTALL)


def test_nothing_moves_for_who_wants_it_still() -> None:
    assert FOR_WHO_LIKES_MOTION.search(STYLE)
    moving = r"(?:animation|transition|scroll-behavior|@keyframes)[\w-]*[:\s][^;]*"
    assert re.findall(moving, FOR_WHO_LIKES_MOTION.sub("", STYLE)) == []


def test_nothing_is_tied_to_the_left_or_the_right() -> None:
    """Languages from right to left mirror the page; only what is drawn around a middle may name a side."""
    sides = (
        r"[^;{}]*\b(?:margin|padding|border|inset)-(?:left|right)\b[^;]*|(?:text-align|float|clear):\s*(?:left|right)"
    )
    assert re.findall(sides, STYLE) == []


def test_every_colour_is_a_token_in_light_and_dark() -> None:
    """A colour written elsewhere than among the tokens would stay as it is in the dark."""
    rules = STYLE[STYLE.index("}", STYLE.index(":root")) :]
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b", rules) == []
