"""What somebody who misspelt a name may have meant."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

_MOST = 3


def did_you_mean(said: str, known: Iterable[str]) -> str:
    """A question for the end of an error, such as ` Did you mean 'euraxess'?`; nothing where none is close."""
    return asking(close_to(said, known))


def close_to(said: str, known: Iterable[str]) -> list[str]:
    """The names that are near to what was said, the nearest first; capitals count for nothing."""
    by_small = {name.casefold(): name for name in known}
    return [by_small[name] for name in get_close_matches(said.casefold(), by_small, n=_MOST)]


def asking(names: Sequence[str]) -> str:
    """The same for names that are known to be close."""
    return f" Did you mean {' or '.join(map(repr, names))}?" if names else ""
