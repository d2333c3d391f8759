"""One small file for each source: facts only."""
