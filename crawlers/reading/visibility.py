"""What a person would see of an element: nothing, struck out, beside the matter, or the matter."""

import re
from functools import lru_cache

from lxml import etree
from lxml.etree import _Attrib, _Element

_UNREAD_TAG_NAMES = """
    script style template noscript title svg canvas iframe object embed video audio map select datalist textarea math
"""
UNREAD_TAGS = frozenset(_UNREAD_TAG_NAMES.split())
STRUCK_TAGS = frozenset({"s", "del", "strike"})
_OPENERS = etree.XPath(
    "//@aria-controls | //@data-target | //@data-bs-target"
    " | //a[@role='tab' or @data-toggle or @data-bs-toggle]/@href[starts-with(., '#')]"
)
_ASIDE_TAGS = frozenset({"nav", "footer", "aside", "menu"})
_ASIDE_ROLES = frozenset({"navigation", "contentinfo", "complementary", "search", "alertdialog", "dialog"})
_HIDING_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?:\.0*)?\s*(?:;|!|$)|font-size\s*:\s*0(?![.\d])"
    r"|(?:left|top|text-indent)\s*:\s*-\d{4,}",
    re.I,
)
_STRIKING_STYLE = re.compile(r"text-decoration[a-z-]*\s*:[^;]*line-through", re.I)
_HIDING_CLASSES = frozenset(
    {"sr-only", "visually-hidden", "screen-reader-text", "visuallyhidden", "hidden", "element-invisible"}
)
_STRIKING_CLASSES = frozenset({"strike", "strikethrough", "line-through", "strike-through", "struck"})
_ASIDE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|submenu|megamenu|breadcrumbs?|footer|colophon|cookies?|consent|gdpr|sidebar"
    r"|widget(?:s|-area)?|related|recommended|youmaylike|share|sharing|social|comments?|comment-list|pagination|pager"
    r"|newsletter|subscribe|skip-link|topbar|masthead|announcement-bar|site-banner|cookie-banner|alert-bar|popup|modal)"
    r"(?=$|[\s_-])",
    re.I,
)
_BUILDERS_WIDGET = re.compile(r"(?<![\w-])(?:elementor|siteorigin|so-panel|panel|fl|et_pb)[-_]widget(?![a-z])", re.I)
_NOT_ASIDE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:has|no|with|without|full|left|right|main|content|layout|page|body)(?=$|[\s_-])", re.I
)


def is_hidden(tag: str, attributes: _Attrib) -> bool:
    """Whether nobody sees the element: never-drawn tags, `hidden`, hiding styles and classes."""
    if tag in UNREAD_TAGS:
        return True
    if not attributes:
        return False
    if "hidden" in attributes or attributes.get("aria-hidden") in ("true", "TRUE", "True"):
        return True
    style = attributes.get("style")
    if style and _HIDING_STYLE.search(style):
        return True
    classes = attributes.get("class")
    return bool(classes) and _class_hides(classes)


def opened_by_click(root: _Element) -> frozenset[str]:
    """The ids of what a button or tab of the page opens, folded answers and panels: matter that is one click away."""
    found = _OPENERS(root)
    named = found if isinstance(found, list) else []
    return frozenset(name for names in named for name in str(names).replace("#", " ").split())


def is_struck(tag: str, attributes: _Attrib) -> bool:
    """Whether the element's words are crossed out."""
    if tag in STRUCK_TAGS:
        return True
    if not attributes:
        return False
    style = attributes.get("style")
    if style and _STRIKING_STYLE.search(style):
        return True
    classes = attributes.get("class") or ""
    return not _STRIKING_CLASSES.isdisjoint(classes.lower().split())


def is_aside(element: _Element, tag: str, attributes: _Attrib) -> bool:
    """Whether the element is furniture: navigation, footer, cookie notice, related items, sidebar."""
    if tag in ("html", "body", "main", "article", "p", "td", "h1"):
        return False
    if tag in _ASIDE_TAGS:
        return True
    if tag == "header" and _is_mostly_links(element):
        return True
    if not attributes:
        return False
    if (attributes.get("role") or "").lower() in _ASIDE_ROLES:
        return True
    return any(_class_is_aside(names) for names in (attributes.get("class"), attributes.get("id")) if names)


@lru_cache(maxsize=4096)
def _class_hides(classes: str) -> bool:
    names = classes.lower().split()
    if not _HIDING_CLASSES.isdisjoint(names):
        return True
    return "d-none" in names and not any(
        re.fullmatch(r"d-\w\w-?\w?-(?:block|flex|inline\S*|grid)", name) for name in names
    )


@lru_cache(maxsize=4096)
def _class_is_aside(classes: str) -> bool:
    """Judge each name of a class list; `has-sidebar` or `content-sidebar-wrap` name the whole page.

    A page builder calls every block a widget (`elementor-widget-container`): only what follows tells.
    """
    names = _BUILDERS_WIDGET.sub("", classes).split()
    return any(_ASIDE_CLASS.search(name) and not _NOT_ASIDE_CLASS.search(name) for name in names)


def _is_mostly_links(element: _Element) -> bool:
    whole = sum(len(text.strip()) for text in element.itertext())
    linked = sum(len(text.strip()) for link in element.iter("a") for text in link.itertext())
    return whole == 0 or linked > 0.5 * whole
