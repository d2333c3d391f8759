"""Lists of opportunities: how they are filtered, read by deadline or ranked, and kept to be served again."""
