"""The mentor's page: static modules, a client of the public API like any other."""
