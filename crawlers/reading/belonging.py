"""Citizenship and residence that a statement asks for: by country or by group of countries.

"Citizens or permanent residents of Kenya" asks for either; "from Kenya" leaves open which of the
two is meant, so that either will do. What a country is to people is told by `crawlers.reading.ties`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from crawlers.reading.applicants import Statement, asks_nothing, is_firm, of_benefits, of_others, only_liked
from crawlers.reading.gazetteer import Mention, Naming, mentions
from crawlers.reading.refusals import is_refused_after, is_refused_before, keeps_out
from crawlers.reading.taken_back import depends_on_more, is_taken_back
from crawlers.reading.ties import tie_of

_NEAR = 90
_AND = r"(?:and/or|and|or|nor|et|ou|y|e|o|ni|nem|und|oder|noch|en|of|и|или|dan|atau|&)"
_ARTICLES = (
    r"(?:(?:the|a|an|any|other|du|de|del|des|da|do|dos|das|la|le|les|los|las|el|der|die|den|cualquier|qualquer|otro|otra|outro|outra"
    r"|autre|alg[úu]n|un|une|una|um|uma|estados?|[ée]tats?|pa[íi]s(?:es)?|mi?embros?|membres?"
    r"|di|altr[oaie]|stat[oi]|dell[ao])[ -]|l['’]|dell['’])*(?:eligible )?"
)
_SEPARATOR = re.compile(
    rf"[\s,;/()]*{_AND}?[\s,;/()]*{_ARTICLES}"
    rf"|,?\s+{_AND}\s+(?:in|au|aux|en|em|na|no|nas|nos|aus)\s+{_ARTICLES}",
    re.IGNORECASE,
)
_LIVES_THERE = re.compile(
    r"[^.;]{0,40}?\b(?:liv(?:e|es|ing)|resid(?:e|es|ing|ent)|work(?:s|ing)?|based|stay(?:s|ing)?)(?: and \w+)? "
    r"(?:in (?:one\b|(?:one of )?(?:those|these|such|their home|their own|that|the same) countr\w+)|"
    r"there\b|(?:on|in) (?:the|that) (?:continent|region)\b)",
    re.IGNORECASE,
)
"""Residence in the countries just named: "nationals of LMICs who live in one"."""
_ALSO = re.compile(r"\b(?:must also|and also|as well as|in addition|and must|and who must)\b", re.IGNORECASE)
_EITHER = re.compile(
    r"\b(?:or|ou|oder|either)\b|/"
    r"|\bo (?=(?:bien|ser|estar|tener|residir|vivir|poseer|contar|disponer|nacional\w*|ciudadan\w*|residentes?"
    r"|residencia)\b)"
    r"|\b(?:o|oppure) (?=(?:essere|avere|risiedere|cittadin\w*|residenti|residenza)\b)",
    re.IGNORECASE,
)
"""What parts two ways in. The Spanish and Italian "o" is an article in Portuguese: a verb or a tie must follow."""
_AS_HELPERS = re.compile(
    r"(?:\s+[\w-]+){1,3}?\s+as\s+(?:\w+\s+)?(?:mentors?|supervisors?|partners?|collaborators?|teachers?"
    r"|advis[eo]rs?|hosts?)\b",
    re.IGNORECASE,
)
"""People of a country who help those who apply: "with LMIC scientists as mentors"."""
_IS_TRAINED = re.compile(
    r"\b(?:trains?|teach(?:es)?|mentors?|educates?|equips?|strengthens?|builds? the (?:capacity|skills) of"
    r"|(?:collaborates?|partners?) with)"
    r"\s+(?:(?!(?:for|open|from)\b)\w+\s+){0,2}$",
    re.IGNORECASE,
)
"""What a programme does with people there: of an institution's programme, not whom it asks to apply."""
_WITHOUT = re.compile(
    r"\b(?:(?:do|does|did) not (?:\w+ )?(?:hold|have|possess|live|reside)|without)\b[^.;]{0,30}$", re.IGNORECASE
)
"""Of those who are not of a place something is said, and it may be anything: "those without US citizenship need"."""

_NOT_OF_IT = re.compile(
    r"\b(?:(?:do|does|must|should|may) not (?:currently |already |yet |also )?(?:(?P<have>hold|have|possess)"
    r"|live|reside|be)"
    r"|(?:are|is|were) not (?:currently |already |also )?(?:an? |the )?"
    r"(?:citizens?|nationals?|living|residents?|based|residing)"
    r"|(?P<no>have|has|hold|holding|with|having|possess) no(?: valid| current)?"
    r"|non[- ](?:citizens?|nationals?|residents?)(?: of)?"
    r"|whose (?:country of residence|nationality|citizenship|residence) is not"
    r"|except (?:for )?(?:those |people |holders |citizens |nationals |residents )?"
    r"(?:who (?:hold|have|live)|holding|with|of|living)?)"
    r"\b(?:(?!\b(?:but|if|who|may|can|unless|provided"
    r"|and (?:who |they |also )?(?:live|reside|are|is|be|hold|have|work))\b)"
    r"[^.;]){0,40}$",
    re.IGNORECASE,
)
_PAPERS = re.compile(
    r"\b(?:passports?|national\w*|citizen\w*|residen\w+|green card|permits?|visas?|right to)\b", re.IGNORECASE
)
"""What one has of a place: "do not hold a degree" says nothing of any."""
_NOT_OF_IT_ABROAD = re.compile(
    r"(?<!\w)(?:que|quienes|qui|die|der|che|quem|chi|wer)(?!\w)[^.;,]{0,25}"
    r"(?<!\w)(?:no|n[ãa]o|ne|n['’]|non|nicht|keine?\w?)(?!\w)"
    r"[^.;,]{0,40}$",
    re.IGNORECASE,
)
"""Whoever is not of a place, in a clause of its own: "quienes no residan en"."""
_NO_ABROAD = re.compile(r"(?<!\w)(?:no|n[ãa]o|ne|non|nicht|keine?\w?)(?!\w)", re.IGNORECASE)
_SAID_OF_THEM = re.compile(
    r"[^.;]*\b(?:must|needs?|should|ha(?:ve|s) to|pays?|requires?|are required|(?:can|may)(?! ?not\b)"
    r"|(?:is|are) (?:also )?(?:eligible|welcome))\b",
    re.IGNORECASE,
)
"""What is asked of those who are not of a place, or lets them in: "who are not citizens of Kenya need a visa"."""
_FURTHER_GROUP = re.compile(
    r"[\s,;)]*(?:and|or|nor|as well as)\s+(?:(?:also|all|any|other)\s+)*"
    r"(?:(?P<people>those|persons?|people|anyone|anybody|everyone|individuals|applicants|candidates|students)\s+)?"
    r"(?:(?:who|that)\s+)?(?:(?:are|is|currently|now|normally|permanently|already|either)\s+)*"
    r"(?:(?:liv(?:e|es|ing)|resid(?:e|es|ing|ent)|dwell(?:ing)?|based|work(?:s|ing)?|from|of|in|at)\s+){1,2}(?:the\s+)?",
    re.IGNORECASE,
)
"""Between two places: others beside those of the first, of whom the same is said: "and people who live in"."""


@dataclass(frozen=True, slots=True)
class Belonging:
    """The countries or groups asked for, whether as citizen, resident or either, and where they stand.

    `also`: asked for besides what went before in the sentence. `or_else`: the sentence gives it as another
    way in. Neither citizen nor resident: an institution of those countries is asked for.
    """

    codes: tuple[str, ...]
    citizen: bool
    resident: bool
    excludes: bool
    start: int
    end: int
    also: bool = False
    or_else: bool = False


def belongings_in(statement: Statement) -> list[Belonging]:
    """The citizenships and residences that a statement asks for or keeps out."""
    text = statement.text
    named = [mention for mention in mentions(text) if mention.naming is not Naming.CITY]
    if not named or asks_nothing(text) or (only_liked(text) and not _must(text)):
        return []
    found: list[Belonging] = []
    last = 0
    for chain in _chains(text, named):
        beside = _FURTHER_GROUP.fullmatch(text, last, chain[0].start) if found else None
        asked = None if _is_of_others(text, chain, beside) else _asked(statement, chain)
        if asked is None:
            continue
        between = text[last : asked.start] if found else ""
        or_else = bool(_EITHER.search(between) or (beside and beside["people"]))
        if beside and asked.excludes:  # what is refused at the sentence's end is refused to all in it
            found[-1] = replace(found[-1], excludes=True)
        found.append(replace(asked, also=bool(_ALSO.search(between)), or_else=or_else))
        last = asked.end
        if asked.citizen and not (asked.resident or asked.excludes) and (lives := _LIVES_THERE.match(text, last)):
            either = bool(_EITHER.search(lives.group()))
            found.append(replace(asked, citizen=False, resident=True, also=not either, or_else=either))
    return found


def _is_of_others(text: str, chain: list[Mention], beside: re.Match[str] | None) -> bool:
    """Whether the places are of those who are trained, taught or helped, or who pay less, and not of who applies."""
    start, end = chain[0].start, chain[-1].end
    if _IS_TRAINED.search(text, 0, start) and not is_firm(text):
        return True
    if of_others(text, start) and not beside:
        return True
    return of_benefits(text, start, end) or bool(_AS_HELPERS.match(text, end))


def _asked(statement: Statement, chain: list[Mention]) -> Belonging | None:
    """What the places of one list are to those who apply, or None where they are nothing to them."""
    text, start, end = statement.text, chain[0].start, chain[-1].end
    tie = tie_of(statement, chain)
    if tie is None:
        return None
    if _WITHOUT.search(text, max(0, start - _NEAR), start) and not _told_not_to_be(text, start, end):
        tie = (False, False)
    excludes = _is_kept_out(statement, start, end)
    if excludes is None:
        tie, excludes = (False, False), False
    codes = tuple(dict.fromkeys(mention.code for mention in chain))
    return Belonging(codes, *tie, excludes, start, end)


def _is_kept_out(statement: Statement, start: int, end: int) -> bool | None:
    """Whether those of a place may not apply; None where negations meet that cannot be settled.

    To refuse those who are not of it asks for it: "applicants who do not live in Kenya are not eligible".
    """
    text = statement.text
    if is_taken_back(text, start, end):
        return None
    told = _told_not_to_be(text, start, end)
    if told is None:
        return statement.kept_out or keeps_out(text, start, end)
    before = is_refused_before(text, told.start()) or bool(
        _NO_ABROAD.search(text, max(0, told.start() - _NEAR), told.start())
    )
    refusals = before + is_refused_after(text, end) + statement.kept_out
    in_doubt = depends_on_more(text, end) if refusals else _SAID_OF_THEM.match(text, end)
    if refusals > 1 or in_doubt:
        return None
    return not refusals


def _told_not_to_be(text: str, start: int, end: int) -> re.Match[str] | None:
    """Where the words begin that are said of those who are not of a place."""
    near = max(0, start - _NEAR)
    if abroad := _NOT_OF_IT_ABROAD.search(text, near, start):
        return abroad
    told = _NOT_OF_IT.search(text, near, start)
    of = told and (told["have"] or told["no"])
    if told and of and not _PAPERS.search(text, told.start(), min(len(text), end + 30)):
        return None
    return told


def _must(text: str) -> bool:
    return bool(re.search(r"\b(?:must|only|eligible|required|restricted)\b", text, re.IGNORECASE))


def _chains(text: str, named: list[Mention]) -> Iterator[list[Mention]]:
    """Mentions that stand in one list: "Botswana, Kenya, or Uganda"."""
    chain: list[Mention] = []
    for mention in named:
        if chain and not _SEPARATOR.fullmatch(text, chain[-1].end, mention.start):
            yield chain
            chain = []
        chain.append(mention)
    if chain:
        yield chain
