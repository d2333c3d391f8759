"""The shared domain: what an opportunity and a mentee are, and how they are kept."""
