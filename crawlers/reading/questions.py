"""Questions with their answers, as pages write them: “Do I need a doctorate? No” asks for none.

What is asked says nothing without its answer. A question whether something is needed is dropped where the answer is no;
one whether somebody may apply keeps them out by it. Any other question is left as it stands.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from enum import Enum

from crawlers.reading.sentences import Sentence

_LEAD = (
    r"\W*(?:(?:[QAFRPD]|question|answer|frage|antwort|pregunta|respuesta|pergunta|resposta|domanda|risposta)"
    r"\s*[:.)]\W*)?"
)
_NEEDED = re.compile(
    r"\b(?:do|does|will|would) (?:i|we|you|one|the|applicants?|candidates?|participants?) (?:\w+ )?"
    r"(?:have to|need|require)|\bmust (?:i|we|one|you|applicants?|candidates?)\b"
    r"|\bis .{2,60}\b(?:required|necessary|needed|compulsory|a condition)"
    r"|\bdoes (?:my|the|it) .{0,40}\bmatter\b"
    r"|\bmuss (?:ich|man)\b|\bm[üu]ssen (?:wir|bewerb\w+)|\bbrauche ich\b"
    r"|\bist .{2,60}(?:n[öo]tig|erforderlich|notwendig)"
    r"|\bgibt es eine? (?:alter|grenze|mindest)\w*"
    r"|\b(?:tengo que|debo|hay que|necesito|hace falta)\b|\bes (?:necesari|obligatori|imprescindible)"
    r"|\bse (?:exige|requiere|pide)\b|\bdois-je\b|\bfaut-il\b|\best-il (?:n[ée]cessaire|obligatoire)|\bdoit-on\b"
    r"|\b(?:preciso|tenho (?:que|de)|devo)\b|\b[ée] (?:preciso|necess[áa]ri|obrigat)|\b(?:bisogna|serve|occorre)\b"
    r"|\b[èe] (?:necessari|obbligatori)",
    re.IGNORECASE,
)
_ALLOWED = re.compile(
    rf"{_LEAD}¿?(?:(?:and|but|y|et|und|e)\s+)?(?:can|may|could"
    r"|(?:am i|are|is)\b(?=[^?]*\b(?:eligible|allowed|admitted|accepted|welcome|open to|only (?:for|open)"
    r"|(?:restricted|limited|reserved) (?:to|for))\b)"
    r"|(?:ist|sind)\b(?=[^?]*\b(?:nur f[üu]r|offen f[üu]r|zugelassen)\b)"
    r"|(?:es|est[áa]n?)\b(?=[^?]*\b(?:s[óo]lo para|abiert[oa]s? a|admitid[oa]s)\b)"
    r"|kann|k[öo]nnen|d[üu]rfen|darf|pued[eo]n?|podr[áa]n?|puis-je|peu(?:t|vent)|peut-on|poss?o|possono|pode[mr]?|pu[òo])\b",
    re.IGNORECASE,
)
_YES = re.compile(rf"{_LEAD}(?:yes|ja|oui|s[íìi]|sim)(?![\w-])", re.IGNORECASE)
_NO = re.compile(rf"{_LEAD}(?:no|nein|non|n[ãa]o|unfortunately not|sorry,? no|leider nicht)(?![\w-])", re.IGNORECASE)
_GOES_ON = re.compile(
    r"\b(?:or|unless|but|except|if|only|ou|o|oder|aber|pero|mais|mas|ma|sauf|salvo|nur|solo|sólo)\b", re.I
)
_ELSEWHERE = re.compile(
    r"\b(?:outside|abroad|other countr\w+|another countr\w+|from|au[ßs]erhalb|fuera|hors|fora)\b", re.I
)

_OF_A_WAY = re.compile(
    r"\b(?:only|just|twice|again|several|more than (?:one|once)|both|instead|alone|restricted"
    r"|limited|reserved|s[óo]lo|solamente|dos veces|varias"
    r"|nur|mehrfach|zweimal|erneut|mehrere|seulement|deux fois|plusieurs|apenas|somente|duas vezes|v[áa]rias|soltanto"
    r"|due volte|pi[ùu] (?:di una|volte))\b",
    re.IGNORECASE,
)
"""What makes a question one about how they may, or whether others may: its "no" refuses nobody."""
_WITHOUT = re.compile(r"\b(?:without|sin|sans|ohne|sem|senza)\b.*", re.IGNORECASE)
_ASKER = re.compile(r"\b(?:i|we|you|one|applicants?|candidates?|people|je|nous|on|ich|wir|man)\b", re.IGNORECASE)
"""Whoever asks, of whom nothing is known: "can I apply without a doctorate?" names nobody."""
_MORE = re.compile(
    r"[\s,.;:!–—-]+(?P<rest>(?!(?:but|pero|aber|mais|mas|ma|unless|except|or|if)\b)\w.{8,})", re.IGNORECASE
)


class Asked(Enum):
    """What a question asks."""

    NEEDED = "needed"
    ALLOWED = "allowed"
    ELSE = "else"


def asked_by(text: str) -> Asked:
    """What a question asks of those who apply: whether something is needed, or whether somebody may."""
    if _ALLOWED.match(text):
        return Asked.ALLOWED
    return Asked.NEEDED if _NEEDED.search(text) else Asked.ELSE


def is_question(text: str) -> bool:
    """Whether it is a question that a yes or a no answers, and says nothing without it."""
    return text.rstrip(" \"'”’»").endswith("?") and asked_by(text) is not Asked.ELSE


def with_answers(sentences: Iterable[Sentence]) -> Iterator[tuple[Sentence, bool]]:
    """Each sentence, and whether a "no" keeps out whom it names; questions go with a plain yes or no after them."""
    waiting: Sentence | None = None
    for sentence in sentences:
        if waiting is not None:
            yield from _answered(waiting, sentence.text)
            waiting = None
            sentence = _after_the_answer(sentence)
        if is_question(sentence.text):
            waiting = sentence
        else:
            yield sentence, False
    if waiting is not None:
        yield waiting, False


def _after_the_answer(answer: Sentence) -> Sentence:
    """What an answer says after its no, whose "no" is said of the question: "No, physicians may apply too"."""
    told = _NO.match(answer.text)
    more = _MORE.match(answer.text, told.end()) if told else None
    return replace(answer, text=more["rest"]) if more else answer


def _answered(question: Sentence, answer: str) -> Iterator[tuple[Sentence, bool]]:
    yes, no = _YES.match(answer), _NO.match(answer)
    told = yes or no
    if told is None:
        yield question, False
        return
    if _GOES_ON.search(answer, told.end()):
        return  # the answer says more, and is a sentence of its own
    if no and _OF_A_WAY.search(question.text) and asked_by(question.text) is Asked.ALLOWED:
        return
    asked = _WITHOUT.search(question.text) if no and not _ASKER.search(question.text) else None
    both = replace(question, text=f"{asked.group() if asked else question.text} {told.group().strip()}")
    if asked_by(question.text) is Asked.NEEDED:
        if yes:
            yield both, False
    elif no or not _ELSEWHERE.search(question.text):
        yield both, bool(no)
