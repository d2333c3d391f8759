"""From the web to checked drafts."""
