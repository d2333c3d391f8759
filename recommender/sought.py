"""What calls are sought for, in words: a goal or a search, its terms, and each term as it was written."""

from collections.abc import Mapping
from dataclasses import dataclass

from recommender.lexical import Lexicon, query_terms
from recommender.tokens import spelled_out, stem, words

MOST_WORDS = 6


@dataclass(frozen=True, slots=True)
class Sought:
    """terms: weighted. written: of the terms that stand in the text, its abbreviations spelled out, the word."""

    text: str
    terms: Mapping[str, float]
    written: Mapping[str, str]

    def weighed(self, lexicon: Lexicon, call: int) -> dict[str, float]:
        """What each term says of a call, of those that stand in it."""
        found = {term: weight * lexicon.weight_of(term, call) for term, weight in self.terms.items()}
        return {term: weight for term, weight in found.items() if weight > 0}

    def shared(self, weighed: Mapping[str, float]) -> tuple[str, ...]:
        """The words that stand in a call too, the most telling first. weighed: as for that call."""
        kept = sorted(weighed.keys() & self.written.keys(), key=lambda term: (-weighed[term], term))
        return tuple(self.written[term] for term in kept[:MOST_WORDS])


def sought(text: str) -> Sought:
    """Worked out once for all the calls that it is held against."""
    return Sought(text, query_terms(text), {stem(word): word for word in reversed(words(spelled_out(text)))})
