"""Text in lower case with every letter in its place, so that what is found in it is quoted from the text itself."""


def lowered(text: str) -> str:
    """`text` in lower case, letter for letter: of what grows when lowered (a Turkish dotted capital) the first.

    The Turkish dotless i is read as i, since its capital is that of i ("KAPANMIŞTIR" is "kapanmıştır"), a long s as s.
    """
    lower = text.lower()
    if lower.isascii():
        return lower
    same = lower if len(lower) == len(text) else "".join(letter.lower()[:1] for letter in text)
    return same.replace("ı", "i").replace("ſ", "s")
