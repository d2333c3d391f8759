"""Who we may fetch from, and how fast."""
