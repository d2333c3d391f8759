"""Turns at SQLite's one writer among the threads of a process: first come, first served.

SQLite lets those that wait for its lock try again by chance, and so does `threading.Lock`: on a busy machine somebody
could wait in vain for seconds while others write again and again.
"""

import threading
from collections import deque


class Turns:
    """Handed from one to the next in the order in which they came."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._taken = False

    def take(self, patience: float) -> bool:
        """Wait for the turn, for so many seconds; whether it came. Whoever has it gives it back."""
        with self._guard:
            if not self._taken:
                self._taken = True
                return True
            mine = threading.Event()
            self._waiting.append(mine)
        try:
            came = mine.wait(patience)
        except BaseException:  # a signal, say: a turn handed to who is gone would come to nobody ever after
            if self._came_at_last(mine):
                self.give_back()
            raise
        return came or self._came_at_last(mine)

    def _came_at_last(self, mine: threading.Event) -> bool:
        """Leave the queue, unless the turn was handed over in the moment in which patience ended."""
        with self._guard:
            if mine.is_set():
                return True
            self._waiting.remove(mine)
            return False

    def give_back(self) -> None:
        """Hand the turn to who has waited longest."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._taken = False
