"""How far a long reading has come, for whoever waits for it: written by one thread, read by others."""

from dataclasses import dataclass


@dataclass(slots=True)
class Progress:
    """So many of so many calls have been read; 0 of 0 before it is known how many there are."""

    read: int = 0
    of: int = 0

    def __str__(self) -> str:
        return f"{self.read:,} of {self.of:,} calls read" if self.of else "nothing read yet"
