"""What joining looks at in a posting, and the keys by which those that may be alike find each other. Pure.

`join_keys` are what two postings of the same thing have in common, so that only those that share one need be compared
(`catalog.joining`).
"""

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from urllib.parse import parse_qsl, urlencode, urlsplit

from catalog.drafts import PostingDraft
from catalog.series import NEXT_EDITION_AFTER, closing_days, registry_numbers
from catalog.titles import TitleWords, initials, place_words, plain_words, title_words, word_list
from catalog.words import Kind

_TRACKING = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid", "ref_src", "jsessionid", "phpsessid")
IDENTIFYING = ("x:", "u:")
"""How the keys begin of what identifies a posting: a registry's number, an address."""
_KEYED_WORDS = 4
_DATED_WORDS = 6


@dataclass(frozen=True, slots=True)
class Candidate:
    """What joining looks at in a posting."""

    source: str
    key: str
    kind: Kind
    address: str
    identifiers: frozenset[str]
    numbered: dict[str, str]  # of these, what a registry gave: a site's own numbers name the site
    title: TitleWords
    said: frozenset[str]  # every word of the title: an organiser may be called "Open" or "Summit"
    organisation: str
    organisation_words: frozenset[str]
    initials: str
    closes: tuple[dt.date, ...]
    long_over: bool  # its last round closed so long ago that what is listed now without a date is another edition


def candidate(draft: PostingDraft, now: dt.datetime) -> Candidate:
    """What joining looks at in `draft`."""
    short, closes = initials(draft.organisation), closing_days(draft, now)
    return Candidate(
        source=draft.source,
        key=draft.key,
        kind=draft.kind,
        address=canonical_address(draft.url),
        identifiers=frozenset(f"{space}:{value}" for space, value in draft.external_ids.items() if value),
        numbered=registry_numbers(draft),
        title=title_words(draft.title),
        said=frozenset(plain_words(draft.title)),
        organisation=" ".join(plain_words(draft.organisation)),
        organisation_words=frozenset(plain_words(draft.organisation)) | ({short} if len(short) > 2 else set()),
        initials=short,
        closes=closes,
        long_over=bool(closes) and now.date() - closes[-1] >= NEXT_EDITION_AFTER,
    )


def canonical_address(url: str) -> str:
    """`url` without what does not change the page: scheme, `www.`, place on the page, tracking, order of parameters.

    A fragment that begins with `/` or `!` is a page of a program in the browser. A parameter may be all there is
    (`?call-one`). Empty for a site's front page, which identifies nothing.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    given = parse_qsl(parts.query, keep_blank_values=True)
    kept = [pair for pair in given if not pair[0].lower().startswith(_TRACKING)]
    path, shown = parts.path.rstrip("/"), parts.fragment.strip("/!")
    view = f"#{parts.fragment.rstrip('/')}" if parts.fragment.startswith(("/", "!")) and shown else ""
    if not path and not kept and not view:
        return ""
    return f"{host}{port}{path}" + (f"?{urlencode(sorted(kept))}" if kept else "") + view


def addresses_of_lists(drafts: Iterable[PostingDraft]) -> frozenset[str]:
    """The addresses that several postings of one source have in common: a page that lists things is none of them."""
    uses = Counter((draft.source, canonical_address(draft.url)) for draft in drafts)
    return frozenset(address for (_, address), count in uses.items() if count > 1)


def join_keys(one: Candidate) -> frozenset[str]:
    """Keys of which two postings that are alike share at least one."""
    keys = {f"x:{_digest(one.kind, identifier)}" for identifier in one.identifiers}
    if one.address:
        keys.add(f"u:{_digest(one.kind, one.address)}")
    words = one.title.words - one.organisation_words - place_words() or one.title.words
    longest = sorted(words, key=lambda word: (-len(word), word))
    chosen = longest[: _KEYED_WORDS if one.organisation else _KEYED_WORDS + 1]
    if len(chosen) == 1:
        keys.add(f"t:{_digest(one.kind, *_stems(chosen))}")
    keys |= {f"t:{_digest(one.kind, *_stems(pair))}" for pair in combinations(chosen, 2)}
    telling = sorted(one.title.words, key=lambda word: (word in word_list("common"), -len(word), word))[:_DATED_WORDS]
    near = {day + dt.timedelta(days=late) for day in one.closes[:2] for late in (0, 1)}
    keys |= {f"d:{_digest(one.kind, day.isoformat(), *_stems([word]))}" for day in near for word in telling}
    return frozenset(keys)


def _stems(words: Iterable[str]) -> list[str]:
    return sorted(word[:6] for word in words)


def _digest(kind: Kind, *parts: str) -> str:
    return hashlib.blake2b("\x1f".join((kind, *parts)).encode(), digest_size=12).hexdigest()
