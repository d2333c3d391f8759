"""Vectors for texts that come up while answering: a new goal, a search. Remembers them, and that there is no model."""

import logging
import threading
import time
from collections import OrderedDict

from catalog.columns import Float32
from recommender.embedders import Embedder, ModelUnavailable
from recommender.passages import goal_passages

TEXTS_REMEMBERED = 5_000
TRY_AGAIN_AFTER = 60.0  # seconds after a model could not be used
logger = logging.getLogger(__name__)


class Meaning:
    """An embedder that never raises: without a usable model there is no meaning, and `failure` says why."""

    def __init__(self, embedder: Embedder, try_again_after: float | None = None) -> None:
        self._try_again_after = TRY_AGAIN_AFTER if try_again_after is None else try_again_after
        self._embedder = embedder
        self._remembered: OrderedDict[str, Float32] = OrderedDict()
        self._failure = ""
        self._failed_at = 0.0
        self._lock = threading.Lock()

    @property
    def failure(self) -> str:
        """Why there is no usable model; empty while none is known to be wrong."""
        return self._failure

    def model(self) -> str:
        """The model's identifier, or "" when there is none."""
        try:
            return self._embedder.model
        except ModelUnavailable as error:
            self._fail(error)
            return ""

    def warm_up(self) -> None:
        """Load the model now, so that the first answer need not wait for it."""
        self.vectors("warming up")

    def look_again(self) -> None:
        """Try once more to embed, if the last failure is a while ago: who goes by words alone asks for no vectors."""
        with self._lock:
            if not self._failure or time.monotonic() - self._failed_at < self._try_again_after:
                return
            self._failed_at = time.monotonic()  # others go on by words meanwhile
        self._embedded("looking again")

    def vectors(self, text: str) -> Float32 | None:
        """The vectors of a goal or search, shape (passages, dimension); None when there is no model."""
        with self._lock:
            if text in self._remembered:
                self._remembered.move_to_end(text)
                return self._remembered[text]
        if self._failure and time.monotonic() - self._failed_at < self._try_again_after:
            return None
        found = self._embedded(text)
        if found is None:
            return None
        with self._lock:
            self._remembered[text] = found
            if len(self._remembered) > TEXTS_REMEMBERED:
                self._remembered.popitem(last=False)
        return found

    def _embedded(self, text: str) -> Float32 | None:
        try:
            found = self._embedder.embed_queries(goal_passages(text))
        except ModelUnavailable as error:
            self._fail(error)
            return None
        self._failure = ""
        return found

    def _fail(self, error: ModelUnavailable) -> None:
        if self._failure != str(error):  # once for each reason: it is tried again every minute
            logger.warning("no model can be used, and lists go by words alone: %s", error)
        self._failure = str(error)
        self._failed_at = time.monotonic()
