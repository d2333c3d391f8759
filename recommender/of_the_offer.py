"""Words of a condition that tell of the offer, and not of those whom it is for: "the review prints texts by students".

Such a word is idle only before those who are named, and not right before them: "mentored nurses" and "nurses with a
mentor" ask for something. The words stand in `recommender/data/offer_words.txt`.
"""

import re
from functools import cache
from importlib.resources import files

_WORD = re.compile(r"[^\W_]+")
_COMPOUND = re.compile(
    r"\w+(?:stipendi(?:um|en)|preise?|kurse?|programme?|wettbewerb|akademie|schule|praktikum|tagung|seminar|förderung"
    r"|reise)",
    re.IGNORECASE,
)
"""What a German offer calls itself in one word: "Hospitationsstipendium"."""
_PEOPLE = re.compile(
    r"\b(?:students?|trainees?|residents?|fellows?|registrars?|postdocs?|researchers?|scientists?|investigators?|nurses?"
    r"|midwi(?:fe|ves)|doctors?|physicians?|surgeons?|clinicians?|professionals?|practitioners?|scholars?|faculty"
    r"|members?|graduates?|undergraduates?|pupils?|alumni|leaders?|workers?|authors?|\w+ists?|learners?|staff"
    r"|(?:estudiant|alumn|m[ée]dic[oa]|residente|enfermer|matrona|farmac[ée]utic|odont[óo]log|profesional|investigador"
    r"|doctorand|étudiant|médecin|infirmi|interne|sages?-femme|pharmacien|dentiste|kinési|chercheu|doctorant"
    r"|professionnel|diplôm|titulaire|stud(?:ierend|ent)|ärzt|arzt|pflege(?:kr|fach|nde)|hebamme|apotheker|zahn[äa]rzt"
    r"|doktorand|forsch|wissenschaftl|estudante|alun[oa]|enfermeir|parteir|pesquisador|profissiona|doutorand|mestrand"
    r"|medic[io]\b|infermier|ostetric|farmacist|ricercator|dottorand|specializzand|professionist|persona|candidat"
    r"|applicant|participant|aspirante|bewerb|teilnehm|autor|auteur)\w*)\b",
    re.IGNORECASE,
)
_QUALIFIES_NOBODY = re.compile(
    r"for|to|of|by|from|the|an?|in|on|with|and|or|all|any|para|por|de|los|las|una?s?|os|as|uma?|pour|par|des|les|le|la|du"
    r"|aux|une|für|von|der|die|den|dem|alle|per|di|ai|da|uno|i|gli"
    r"|takes|brings|sends|hosts|invites|admits|pairs|offers|acoge|acepta|admite|invita|aceita|acolhe|accoglie|accueille",
    re.IGNORECASE,
)


def idle_until(quote: str) -> int:
    """Up to where a word of the offer asks for nothing: short of those named first and what may qualify them."""
    people = _PEOPLE.search(quote)
    if people is None:
        return len(quote)
    before = list(_WORD.finditer(quote, 0, people.start()))
    beside = before and not quote[before[-1].end() : people.start()].strip()
    if beside and not _QUALIFIES_NOBODY.fullmatch(before[-1].group()):
        return before[-1].start()
    return people.start()


def is_of_the_offer(word: str) -> bool:
    """Whether a word names an offer or what it does."""
    return word.casefold() in _words() or bool(_COMPOUND.fullmatch(word))


@cache
def _words() -> frozenset[str]:
    lines = files("recommender").joinpath("data/offer_words.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
