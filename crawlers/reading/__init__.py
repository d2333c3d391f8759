"""From a page to its fields: pure functions."""
