"""A small invented web in the true wire formats, for the demo and the tests."""
