"""Text as a cell of a table in Markdown: on one line, and without what would end the cell or begin a tag."""


def cell(text: str) -> str:
    """A text as one cell."""
    return " ".join(text.replace("|", "\\|").replace("<", "&lt;").split())
