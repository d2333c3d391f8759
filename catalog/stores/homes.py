"""Which opportunity a new posting belongs to: one that is known, or a new one that it founds. Nothing here commits."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import replace

import sqlalchemy as sa
from sqlmodel import Session, col

from catalog.candidates import IDENTIFYING, Candidate, candidate, join_keys
from catalog.drafts import PostingDraft
from catalog.joining import Likeness, likeness
from catalog.stores.batches import in_batches
from catalog.stores.splitting import kept_apart
from catalog.tables import JoinKey, Posting

_MOST_COMPARED = 100
"""Of one key: a key that more postings share than this tells nothing, and an identifier never has so many."""


class Homes:
    """The known postings that newcomers may be the same as, and the newcomers that have found a home.

    `newcomers` by posting identifier are all that will be placed; `rewritten` are known postings
    whose draft is being replaced by the one given; `lists` are addresses of pages that are known to list several.
    """

    def __init__(
        self,
        session: Session,
        newcomers: Mapping[str, PostingDraft],
        rewritten: Mapping[str, PostingDraft],
        now: dt.datetime,
        lists: Set[str] = frozenset(),
    ) -> None:
        self._now = now
        self._candidates = {posting_id: candidate(draft, now) for posting_id, draft in newcomers.items()}
        self.keys = {posting_id: join_keys(one) for posting_id, one in self._candidates.items()}
        self._by_key: dict[str, list[str]] = defaultdict(list)
        self._home: dict[str, str] = {}
        self._members: dict[str, set[tuple[str, str]]] = defaultdict(set)
        self._apart = kept_apart(session, newcomers)
        self._load_known(session, rewritten)
        self._forget_shared_addresses(lists)

    def place(self, posting_id: str, founded: str) -> str:
        """The opportunity that a newcomer belongs to; `founded` when it is like none. Later newcomers may join it."""
        one = self._candidates[posting_id]
        home = self._find(posting_id, one) or founded
        self.settle(posting_id, home)
        return home

    def settle(self, posting_id: str, home: str) -> None:
        """Note that a newcomer belongs to `home`."""
        one = self._candidates[posting_id]
        self._home[posting_id] = home
        self._members[home].add((one.source, posting_id))
        for key in self.keys[posting_id]:
            self._by_key[key].append(posting_id)

    def _find(self, posting_id: str, one: Candidate) -> str | None:
        others = {
            other
            for key in self.keys[posting_id]
            for other in self._by_key[key][:_MOST_COMPARED]
            if other != posting_id
        }
        found = [
            (-how, home)
            for other in others
            if (how := likeness(one, self._candidates[other]))
            and self._admits(home := self._home[other], posting_id, how)
        ]
        return min(found)[1] if found else None

    def _admits(self, home: str, posting_id: str, how: Likeness) -> bool:
        """A source that has its own posting there already means another thing, unless the identifier is the same.

        A posting that a person told apart from one that is there is not taken back.
        """
        members, own = self._members[home], self._candidates[posting_id].source
        if any(member in self._apart.get(posting_id, ()) for _, member in members):
            return False
        return how is Likeness.IDENTIFIER or all(source != own for source, _ in members)

    def _load_known(self, session: Session, rewritten: Mapping[str, PostingDraft]) -> None:
        sharing: dict[str, list[str]] = defaultdict(list)
        for key, posting_id in self._sharing(session):
            if posting_id not in self._candidates:
                sharing[key].append(posting_id)
        known = sorted({posting_id for ids in sharing.values() for posting_id in ids[:_MOST_COMPARED]})
        for batch in in_batches(known):
            rows = sa.select(col(Posting.id), col(Posting.opportunity_id), col(Posting.draft)).where(
                col(Posting.id).in_(batch), col(Posting.opportunity_id).is_not(None)
            )
            for posting_id, home, draft in session.execute(rows):
                self._candidates[posting_id] = candidate(rewritten.get(posting_id, draft), self._now)
                self._home[posting_id] = home
        for key, ids in sharing.items():
            self._by_key[key] = [posting_id for posting_id in ids if posting_id in self._home]
        self._load_members(session, set(self._home.values()))

    def _sharing(self, session: Session) -> Iterator[tuple[str, str]]:
        """Known postings by the keys that they share with newcomers, in order.

        Of the newcomers' own source only by what identifies them: a source tells its own things apart by title.
        """
        sources = {one.source for one in self._candidates.values()}
        for batch in in_batches(sorted({key for keys in self.keys.values() for key in keys})):
            query = sa.select(col(JoinKey.key), col(JoinKey.posting_id)).where(col(JoinKey.key).in_(batch))
            if len(sources) == 1:
                query = query.join(Posting, col(Posting.id) == col(JoinKey.posting_id)).where(
                    sa.or_(col(Posting.source) != min(sources), sa.func.substr(col(JoinKey.key), 1, 2).in_(IDENTIFYING))
                )
            yield from session.execute(query.order_by(col(JoinKey.key), col(JoinKey.posting_id)))

    def _load_members(self, session: Session, homes: Iterable[str]) -> None:
        for batch in in_batches(sorted(homes)):
            query = sa.select(col(Posting.opportunity_id), col(Posting.source), col(Posting.id))
            for home, source, posting_id in session.execute(query.where(col(Posting.opportunity_id).in_(batch))):
                self._members[home].add((source, posting_id))

    def _forget_shared_addresses(self, lists: Set[str]) -> None:
        """A page that lists several things is the address of none of them."""
        uses = Counter((one.source, one.address) for one in self._candidates.values() if one.address)
        shared = lists | {address for (_, address), count in uses.items() if count > 1}
        for posting_id, one in self._candidates.items():
            if one.address in shared:
                self._candidates[posting_id] = replace(one, address="")
