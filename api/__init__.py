"""Over HTTP, for programs and for the page."""
