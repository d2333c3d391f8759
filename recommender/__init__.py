"""From goals to a ranked, explained list."""
