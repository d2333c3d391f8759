"""Whether a "not" of another language than English governs what a sentence names: "No ser residente en España".

A condition may ask that one has not, in the infinitive of a list or of those who may not apply. Where the "not"
says that something is needless, or another "not" takes it back, or a verb of its own stands between, nothing is
said here, and the rules that hold the words against a person leave it open.
"""

import re

_REACH = 100
_ES = (
    r"no (?:ser|estar|tener|haber|poseer|residir|vivir|contar|disponer|ostentar|encontrarse|podr[áa]n?|pueden?|deben?"
    r"|deber[áa]n?|tengan?|posean?|hayan?|residan?|sean?|est[ée]n?|tienen?)"
)
_PT = (
    r"não (?:ser|estar|ter|haver|possuir|residir|morar|viver|deter|podem?|poder[ãa]o?|devem?|dever[ãa]o?|tenham?"
    r"|possuam?|sejam?|estejam?|residam?|são elegíveis|serão aceit[oa]s|t[eê]m)"
)
_FR = (
    r"(?:ne pas|n['’]avoir (?:pas|jamais)|ne jamais"
    r"|(?:ne (?:doi(?:t|vent)|peu(?:t|vent)|sont|poss[èe]d\w+|r[ée]sid\w+|d[ée]tien\w+)|n['’](?:ont|a|avez))"
    r" (?:pas|jamais))"
)
_DE = r"keine?[rnms]?"
_IT = r"non (?:essere|avere|aver|possedere|risiedere|devono|deve|possono|può|vivere|siano|abbiano)"
_NOT = re.compile(rf"(?<!\w)(?:{_ES}|{_PT}|{_FR}|{_DE}|{_IT})(?!\w)", re.IGNORECASE)
_ANOTHER_NOT = re.compile(
    r"(?<!\w)(?:no(?= (?-i:[a-z]))|não|ne|n['’]|non|nicht|kein\w*|not|sin|sem|sans|ohne|senza|salvo"
    r"|excepto|exceto|sauf|außer)(?!\w)",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"[.;:]|,\s+(?!(?:ni|nem|noch|né|o|ou)\b)"
    r"|(?<!\w)(?:pero|sino|mais|mas|porém|aber|sondern|jedoch|ma|bensì|but|más de|mais de|plus de|mehr als|più di|solo"
    r"|sólo|apenas|seulement|nur|soltanto)(?!\w)"
    r"|(?<!\w)(?:y|e|et|und|o|ou|oder)\s+(?:se\s+)?(?:[^\W\d_]+(?:ar|er|ir|oir|ser|tre)|sean?|tengan?|haben|sind)(?!\w)",
    re.IGNORECASE,
)
"""What begins something new, of which the "not" is not said, or makes a measure of it: "no … más de dos médicos"."""
_NEEDLESS = re.compile(
    r"necesari|obligat|obrigat|imprescind|indispens|requi|requer|exig|nécess|necess|\btenus?\b|obligé|erforder|nötig|notwendig"
    r"|vorausg|voraussetz|verlangt|benötigt|zwingend|precis[ae]|importa|impedi|hinder",
    re.IGNORECASE,
)
"""Words of what is not asked for: "Keine deutsche Staatsangehörigkeit erforderlich"."""


def is_governed(text: str, start: int) -> bool:
    """Whether a "not" in another language turns round what stands at `start`, and nothing takes it back."""
    first = max(0, start - _REACH)
    found = list(_NOT.finditer(text, first, start))
    if not found or _NEEDLESS.search(text):
        return False
    between = text[found[-1].end() : start]
    return not (
        _GOES_ON.search(between) or _ANOTHER_NOT.search(between) or _ANOTHER_NOT.search(text, first, found[-1].start())
    )
