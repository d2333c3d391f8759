"""Tests mirror the packages; shared fixtures are in `conftest`, sample rows in `builders`."""
