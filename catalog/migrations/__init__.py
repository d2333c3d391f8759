"""One history for both engines."""
