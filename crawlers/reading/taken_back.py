"""Refusals that are none: "nobody with a doctorate is turned away", "no quedan excluidas", "not for nurses only".

A negation beside a refusal takes it back. What is then said of those it names is that they may apply like others, so
that they are neither kept out nor the only ones who may: a person reads it.
"""

import re

_REFUSED = (
    r"(?:exclu\w+|esclus\w+|ausgeschlossen|barred|rejected|refused|declined|turned (?:away|down)|disqualified|ruled out"
    r"|ineligible|disadvantaged|rechazad\w+|abgelehnt|refus[ée]\w*|rejeitad\w+|recusad\w+|rifiutat\w+|rejet[ée]\w*)"
)
_NOT = r"(?:not|cannot|\w+n['’]t|never|neither|nor|no|n[ãa]o|nunca|ne|n['’]|non|mai|jamais|nicht|nie(?:mals)?)"
_BETWEEN = (
    r"(?:be|been|being|automatically|therefore|thereby|also|se|pas|sont|est|[êe]tre|peut|peuvent|seront|sera|doivent"
    r"|quedan?|ser[áa]n?|ser[ãa]o|est[áa]n?|est[ãa]o|ficam?|ficar[ãa]o|ser|pueden|podr[áa]n|podem|poder[ãa]o|s[ãa]o|son"
    r"|sono|vengono|saranno|possono|essere|werden|sind|ist|wird|d[üu]rfen)"
)
_NOT_REFUSED = re.compile(rf"[^.;:]{{0,60}}?(?<!\w){_NOT}\s+(?:{_BETWEEN}\s+){{0,4}}{_REFUSED}(?!\w)", re.IGNORECASE)
"""After those who are named: "las enfermeras no quedan excluidas"."""
_REFUSED_AFTER = re.compile(rf"[^.;:]{{0,60}}?(?<!\w){_REFUSED}(?!\w)", re.IGNORECASE)
_NOBODY = re.compile(
    r"(?:^|[.;:,]\s|\b(?:and|that|but)\s)\W*"
    r"(?:nobody|no[ -]one|none|no(?= (?:\w+ ){0,3}(?:who|with|holding|from|of)\b)|niemand|kein\w*|nadie|ning[úu]n\w*"
    r"|ningu[ée]m|nenhum\w*|nessun\w*|aucun\w*|personne(?= (?:qui|avec|ayant)\b))\b[^.;:,]{0,60}$",
    re.IGNORECASE,
)
"""Before those who are named: whoever of them it is that is refused, there is none."""
_NO_BAR = re.compile(
    r"\b(?:nothing|nobody|no[ -]one|never|not|no \w+|n['’]t)\s+(?:here |that |in (?:this|the) \w+ )?$", re.IGNORECASE
)
"""Before a verb that refuses: "nothing bars nurses"."""
_THE_OFFER = (
    r"(?:this\b|it\b|another\b|(?:an?|the|our) (?:different|separate|other)\b|(?:the|our) (?:[\w-]+ )?"
    r"(?:\w*ships?|awards?|prizes?|program\w*|grants?|courses?|schemes?|calls?|positions?|posts?)\b)"
)
_ON_CONDITION = re.compile(
    r"[^.;:]{0,120}\b(?:if|when|unless|wenn|falls|sofern|a menos que|à moins que"
    rf"|apply (?:for|to) (?!{_THE_OFFER})"
    r"|(?:apply|submit|enter|attend|participate|take part) (?:twice|again|alone|more than|by))\b",
    re.IGNORECASE,
)
"""After a refusal: the case in which it holds, or something else that is refused: "may not apply for travel money"."""
_ALONE = re.compile(
    r"(?:\s*(?:,|and|or|und|oder|y|o|e|et|ou)\s+[\w'’-]+){0,3}\s+(?:only|alone|exclusively|allein|solamente|apenas|solo"
    r"|seulement|uniquement|soltanto)\b",
    re.IGNORECASE,
)
"""After those who are named: "not for nurses only"."""
_ALONE_BEFORE = re.compile(
    rf"(?<!\w){_NOT}\s+(?:[^\W\d_]+\s+){{0,2}}?(?:only|just|solely|exclusively|limited|restricted|reserved|confined"
    r"|nur|allein|ausschlie[ßs]lich|beschr[äa]nkt|solo|s[óo]lo|solamente|[úu]nicamente|apenas|somente|limitad\w+"
    r"|restringid\w+|reservad\w+|restrit\w+|seulement|uniquement|limit[ée]\w*|r[ée]serv[ée]\w*|soltanto|limitat\w+"
    r"|riservat\w+)(?!\w)",
    re.IGNORECASE,
)
"""What is not said of some alone: "not restricted to", "n'est pas réservé à"."""
_ELISION = re.compile(r"n['’]est pas (?:seulement|uniquement|limit[ée]\w*|r[ée]serv[ée]\w*)", re.IGNORECASE)
_ALSO = re.compile(
    r"\b(?:too|also|as well|likewise|equally|auch|ebenfalls|ebenso|tambi[ée]n|igualmente|tamb[ée]m|aussi|[ée]galement"
    r"|anche|pure|altres[ìi])\b",
    re.IGNORECASE,
)


def is_taken_back(text: str, start: int, end: int) -> bool:
    """Whether a refusal said after `text[start:end]` is denied: no one of them is refused."""
    if _NOT_REFUSED.match(text, end):
        return True
    return bool(_NOBODY.search(text, max(0, start - 80), start) and _REFUSED_AFTER.match(text, end))


def is_barred_by_nothing(text: str, start: int) -> bool:
    """Whether the verb at `start`, which refuses, is denied: "nothing bars nurses from applying"."""
    return bool(_NO_BAR.search(text, max(0, start - 40), start))


def depends_on_more(text: str, end: int) -> bool:
    """Whether what is said after `end` is of a case or another matter: "will be turned away if they come late"."""
    return bool(_ON_CONDITION.match(text, end))


def is_not_alone(text: str, end: int) -> bool:
    """Whether those named up to `end` are only not the only ones: "not for nurses only"."""
    return bool(_ALONE.match(text, end))


def opens_further(clauses: list[str]) -> bool:
    """Whether the clauses of a sentence say together that some are not the only ones, or that others may too."""
    denied = any(_ALONE_BEFORE.search(one) or _ELISION.search(one) or _denies_only(one) for one in clauses)
    return denied or any(map(_ALSO.search, clauses[1:]))


def _denies_only(clause: str) -> bool:
    negation = re.search(rf"(?<!\w){_NOT}(?!\w)", clause, re.IGNORECASE)
    return bool(negation and re.search(r"\b(?:only|alone|exclusively)\W*$", clause, re.IGNORECASE))
