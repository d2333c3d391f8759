"""Is this post of an organisation's job board an internship or a fellowship, or an ordinary post?"""

import re

from catalog.words import Kind
from crawlers.bases.refusal import NO_KIND

_INTERNSHIP = re.compile(
    r"\b(?:intern(?:ship)?s?|traineeships?|externships?|observerships?|clerkships?|practicums?|praktik\w+|stagiaires?"
    r"|stagiair[es]?|pasant[ií]as?|pasantes?|becari[oa]s?|tirocini\w*|est[aá]gi(?:o|ári[oa])s?)\b"
    r"|^stage\s*[-–:]|\bstage (?:de|en)\b",
    re.I,
)
_FELLOWSHIP = re.compile(
    r"\bfellow(?:ship)?s?\b|\bpost-?doc(?:s|toral)?\b|\bscholarships?\b"
    r"|\bph\.?d\.? (?:students?|candidates?|positions?)\b",
    re.I,
)
_PROGRAMME = r"(?:intern(?:ship)?|fellow(?:ship)?|trainee(?:ship)?|scholarship)s?"
_STAFF = (  # of a programme
    r"(?:coordinator|manager|director|officer|recruiter|advis[eo]r|administrator|supervisor|lead|specialist|assistant)s?\b"
)
_RUNS_IT = re.compile(
    rf"\b{_PROGRAMME} (?:and \w+ )?(?:program(?:me)?s? |training )?{_STAFF}"
    rf"|\b(?:head\b|{_STAFF})[ ,:–-]+(?:of |for |the |[a-z]+ ){{0,3}}"
    r"(?:internships?|fellowships?|traineeships?|(?:intern|fellow|trainee)(?:s| programs?| programmes?))"
    r"(?: program(?:me)?s?)?$"
    rf"|\b(?:mentor|faculty|preceptor)s?\b.{{0,30}}\b{_PROGRAMME}\b",
    re.I,
)
_A_RANK = re.compile(
    r"\b(?:senior|principal|distinguished|staff|chief|executive|technical) fellow\b"
    r"|^(?:\w+ ){0,2}(?:engineering|scientific) fellow\b",
    re.I,
)
_SORTS = {
    **dict.fromkeys(("intern", "internship", "trainee", "traineeship"), Kind.INTERNSHIP),
    **dict.fromkeys(("fellow", "fellowship"), Kind.FELLOWSHIP),
}


def kind_of(title: str, sorts: tuple[str, ...] = ()) -> tuple[Kind | None, str]:
    """Internship or fellowship, by the title or by the board's form of employment; else the reason to refuse.

    Who runs a programme of interns is no intern, and a Distinguished Fellow is a rank.
    """
    if found := _RUNS_IT.search(title):
        return None, f"{NO_KIND}: an ordinary post ({found[0].lower()})"
    if _INTERNSHIP.search(title):
        return Kind.INTERNSHIP, ""
    if _FELLOWSHIP.search(title) and not _A_RANK.search(title):
        return Kind.FELLOWSHIP, ""
    words = [word for sort in sorts for word in re.split(r"[^a-z]+", sort.lower())]
    kind = next((_SORTS[word] for word in words if word in _SORTS), None)
    return kind, "" if kind else f"{NO_KIND}: an ordinary post"
