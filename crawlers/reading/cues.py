"""The words beside a date that say what happens on it, in the languages calls are written in."""

import re
from dataclasses import dataclass
from enum import StrEnum

from catalog.words import DeadlinePurpose


class Role(StrEnum):
    """What happens on a date."""

    DEADLINE = "deadline"
    OPENS = "opens"
    EVENT = "event"  # the thing itself takes place
    STARTS = "starts"  # what one applies for begins
    ENDS = "ends"
    DECISION = "decision"  # notification, interviews, reviews, results
    FINAL = "final"  # camera-ready and other things due from those accepted
    MONEY = "money"  # payment, refund, cancellation
    POSTED = "posted"
    UPDATED = "updated"
    PAST = "past"  # history, biographies, earlier editions
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Sense:
    """What a clause makes of its date. `sure` is false where only the form suggests a deadline."""

    role: Role
    purpose: DeadlinePurpose = DeadlinePurpose.APPLICATION
    extended: bool = False
    early: bool = False  # an early-bird price or the like, not the last day
    optional: bool = False
    sure: bool = True


def _words(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.IGNORECASE)


_DEADLINE = _words(
    r"dead-?\s?lines?\b", r"\bdue\b(?! (?:to|for completion|in part|course|process|diligence|attention|respect)\b)", r"clos(?:ing|ure) (?:date|day|time)", r"\bcloses?\b(?! to\b| by\b| collab)", r"^\W*closing\b", r"\bclosing\W*(?:on|at)?\W*$",
    r"cut-?\s?off", r"last (?:date|day|chance)",  r"\bapply (?:by|before|until|no later)",

    r"accepted (?:through|until|till|up to|by)", r"open (?:until|till|through)\b", r"\b(?:no|not)\b[^.]{0,60}\baccepted after", r"(?:received|submitted|postmarked) after\b",
     r"apply (?:now )?(?:until|till)", r"submi(?:t|ssions?|tted)\b.{0,40}\b(?:by|before|until)\W*$",
    r"bewerbungs(?:schluss|frist|ende)", r"einsende?schluss", r"anmelde(?:schluss|frist)", r"einreichungsfrist", r"abgabe(?:frist|termin)",
    r"\bfrist\b", r"stichtag",   r"date limite", r"date butoir", r"date de clôture", r"clôture",
    r"dernier délai",  r"fecha (?:límite|limite|tope|de cierre)", r"plazo", r"\bcierre\b",
    r"prazo", r"data[- ]limite", r"data final", r"inscrições (?:até|abertas até)", r"encerra(?:mento|m)?", r"scadenza", r"termine ultimo",
     r"sluitingsdatum",  r"inschrijven (?:voor|tot)", r"uiterste datum", r"дедлайн", r"крайний срок", r"срок подачи", r"последний день",
    r"заявки принимаются", r"кінцевий термін", r"batas (?:waktu|akhir)", r"tenggat",  r"tarikh (?:tutup|akhir)",
    r"son (?:başvuru|tarih)", r"termin (?:składania|zgłosz|nadsyłania)", r"sista (?:ansöknings)?dag", r"ansøgningsfrist",
    r"søknadsfrist", r"hakuaika",  r"uzávěrka", r"termenul?[- ]limit", r"határid", r"προθεσμία", r"آخر موعد", r"الموعد النهائي",
    r"締\s?切", r"截止", r"마감", r"hạn (?:chót|nộp|cuối)",
)  # fmt: skip
_WEAK_DEADLINE = _words(
    r"no(?:t)? later than", r"on or before", r"latest by", r"at the latest", r"expir(?:es|y|ation)", r"must (?:be )?(?:arrive|reach|received?|submitted|apply|register)", r"should (?:arrive|reach|be (?:received|submitted|sent))", r"valid (?:until|till)", r"final (?:date|day)\b", r"spätestens", r"endet am", r"au plus tard", r"a más tardar", r"vencimiento", r"échéance", r"entro (?:il|e non oltre)", r"uiterlijk", r"paling lambat", r"viimeinen",
)  # fmt: skip
_BY = re.compile(
    r"(?:^|[\s(])(?:by|before|until|till|til|through|up to|extended to|open to|bis(?: zum| einschließlich)?|vor dem|avant(?: le)?|jusqu['’]au|au|antes del?"
    r"|hasta(?: el)?|até(?: o dia| dia)?|entro(?: il)?|vóór|voor|tot(?: en met)?|t/m|до|по|sebelum|hingga|sampai|senest|senast|do(?: dnia)?"
    r"|tarihine kadar|pana la|până la|closes?(?: on)?|due(?: on)?|ends?(?: on)?)\W*(?:the |den |dem |midnight\W|noon\W|end of\W|close of business\W|cob\W)*$",
    re.IGNORECASE,
)
_HAND_IN = _words(
    r"\bappl(?:y|ications?|icants?|ying)\b", r"submi(?:t|ssions?|tted|tting)\b", r"\bsend\b", r"\bsent\b", r"e-?mail", r"regist(?:er|ration|rations)\b",
    r"nominat", r"proposals?\b", r"abstracts?\b", r"\bpapers?\b", r"manuscripts?\b", r"letters? of (?:intent|interest)", r"expressions? of interest",
    r"upload", r"\breceived?\b", r"\breturn\b", r"accept(?:ed|ing)\b", r"sign up", r"enrol", r"entries", r"contribut", r"\brsvp\b", r"\bopen\b",
    r"bewerb", r"anmeld", r"einreich", r"candidat", r"inscri", r"soum(?:ettre|ission|is)", r"envoy", r"dossier", r"postul", r"solicitud",
    r"convocatoria", r"enviar", r"presentar", r"resumos?", r"receberá", r"domand", r"iscri", r"aanmeld", r"indienen", r"inschrijv", r"solliciteer",
    r"заявк", r"подат", r"подач", r"прием", r"приём", r"регистрац", r"pendaftaran", r"permohonan", r"mendaftar", r"başvuru", r"zgłosz", r"ansök", r"ansøg", r"søknad", r"التقديم", r"التسجيل",
)  # fmt: skip
_HANDED_IN = _words(
    r"submissions?\b", r"submit\b", r"applications?\b", r"\bapply\b", r"nominations?\b", r"regist(?:er|ration|rations)\b", r"proposals?\b", r"abstracts?\b", r"\bpapers?\b", r"manuscripts?\b", r"letters? of (?:intent|interest)",
    r"expressions? of interest", r"\brsvp\b", r"contributions?\b", r"bewerbung", r"anmeldung", r"einreichung", r"candidatures?", r"soumission", r"inscri", r"postulaci", r"solicitud", r"resumos", r"candidaturas", r"domande", r"iscrizion", r"aanmeld", r"inschrijv", r"заявк", r"подач", r"pendaftaran", r"başvuru",
)  # fmt: skip
_OPENS = _words(
    r"\bopens?\b(?! (?:until|till|to\b|through|call|access|science|source|day|for\b.{0,40}(?:until|till)))", r"\bopening\b", r"\bopened\b", r"(?:begin|start)s? (?:accepting|on)\b.{0,20}applic", r"begin accepting",
    r"available from", r"accepted from", r"applications? (?:start|begin)", r"call (?:is )?(?:published|issued|released|launched|announced)", r"launch (?:of|date)",
    r"registration (?:start|begin)", r"submission (?:start|begin)", r"applications (?:are )?accepted (?:from|beginning)", r"\bab (?:dem|sofort|\d)", r"\bab$", r"bewerbungsstart", r"anmeldestart",
    r"ouverture", r"à partir du", r"apertura", r"se abre", r"abre el", r"abertura", r"abrem", r"a partir d", r"vanaf", r"opens on", r"\bdibuka\b", r"открыт",
)  # fmt: skip
_DECISION = _words(
    r"(?:online|aptitude|situational) (?:assessment|test)s?",
    r"notif(?:y|ied|ication|ications|ied by)\b", r"\bdecisions?\b", r"acceptance\b(?! of (?:app|sub))", r"\bresults?\b", r"outcomes?\b", r"announce(?:d|ment|ments)?\b(?! of the call)",
    r"\binformed\b", r"\bselected\b", r"selection (?:process|of|results|period)", r"interview", r"short-?\s?list", r"winners?\b", r"finalists?\b", r"review(?:s|ers?)? ", r"\breviews?\b", r"author response", r"rebuttal", r"feedback", r"response period",
    r"award(?:s|ed)? (?:will be|announced|made|notification)", r"evaluation", r"offers? (?:will|made)", r"reviewer", r"matched", r"paired", r"program(?:me)? (?:available|published|announced)", r"benachrichtig", r"zusage", r"auswahl(?!verfahren bew)", r"résultats", r"notificaci", r"resultado",
    r"sélection", r"notifica ", r"уведомлен", r"pengumuman", r"bekanntgabe", r"comunicazione", r"bekendmaking", r"reply", r"\bmeet\b", r"meeting",
)  # fmt: skip
_FINAL = _words(
    r"camera[- ]?\s?ready", r"final (?:paper|papers|version|versions|manuscripts?|copy|copies|submission|submissions|camera|text|abstracts?|drafts?|full)", r"proceedings (?:version|copy)", r"print-?ready", r"\brevis(?:ed|ion|ions)\b",
    r"posted online", r"published? online", r"copyright", r"slides", r"(?:poster|presentation|video)s? (?:upload|submission|files?)", r"accepted (?:papers?|authors?|abstracts?|presenters?)", r"presenters?", r"publication", r"e-?posters?\b(?! abstract)", r"uploading", r"author registration",
    r"authors?['’]? registration", r"drafts? of (?:their|your) review",
)  # fmt: skip
_MONEY = _words(
    r"refund", r"cancel", r"payments?\b(?=.{0,25}(?:deadline|due|date|by|until|before)|\s*(?:is|are|:))", r"(?:deadline|date|due).{0,15}payment", r"\bpay (?:by|before)", r"(?:hotel|accommodation|room) (?:reserv|book|block|rate|deadline)\w*", r"(?:reserv|book)\w* .{0,25}(?:hotel|accommodation|rooms?)\b", r"pagamento", r"pago", r"\bvisa\b", r"zahlung", r"paiement", r"disbursed",
)  # fmt: skip
_EARLY = _words(r"early[- ]?\s?(?:bird|reg|fee|rate|price|discount|payment|abstract)", r"reduced (?:fee|rate)", r"discount", r"frühbucher", r"tarif réduit", r"on-?site reg", r"\blate\b.{0,12}(?:reg|fee)", r"late[- ]breaking", r"^\W*(?:early|late)\b")  # fmt: skip
_POSTED = _words(
    r"\bposted\b(?! online)", r"\bpublished\b(?! online)", r"date of (?:issue|publication|posting)", r"publi(?:é|cado|shed) (?:le|el|em|on)", r"veröffentlicht am", r"geplaatst", r"\bissued\b", r"press release", r"опубликовано", r"\bsubmitted by\b", r"created (?:on|at)", r"accessed", r"announcement dated",
)  # fmt: skip
_UPDATED = _words(r"updated?\b(?! to\b| deadline)", r"last (?:modified|revised|reviewed|changed|edited)", r"mise? à jour", r"actualiza", r"aktualisiert", r"stand:", r"bijgewerkt", r"обновлен", r"as of\W*$", r"extended on\W*$", r"update at")  # fmt: skip
_PAST = _words(
    r"\bborn\b", r"founded", r"established", r"\bsince\b", r"was held", r"were held", r"took place", r"held in\b", r"have been held", r"previous(?:ly)?\b(?! deadline)", r"last year", r"began in", r"graduated", r"joined", r"copyright ©", r"©", r"\bwas (?:launched|created|founded)", r"\bviewed\b", r"ago\b", r"past (?:events?|editions?)", r"published in", r"dated",
    r"world .{0,25}day\b", r"\bheld (?:for|since)",
)  # fmt: skip
_EVENT = _words(
    r"(?:will|to) (?:be held|take place|run|be hosted)", r"takes? place", r"\bheld\b", r"(?:workshop|conference|symposium|event|meeting|school|course|congress|seminar|webinar|training|summit|forum|hackathon|internship|program(?:me)?|fellowship)s?(?: \d{4})?(?: (?:dates?|days?|period|duration))\b",
    r"\b(?:main )?(?:workshop|conference|symposium|congress|summer school|winter school|school|event|hackathon|summit|forum)s?(?: \d{4})?\W*$", r"^\W*(?:when|date|dates|date and time|datum|wann|quand|cuándo|quando|wanneer|zeit|termin|fecha|data)\W*$", r"day of presentation", r"\bdates? of (?:the )?(?:event|conference|workshop|course|meeting|school)", r"findet", r"aura lieu", r"se (?:celebrará|realizará|llevará)", r"será realizad", r"si terrà", r"vindt plaats", r"состоится", r"held (?:on|from|at)", r"duration", r"\bin conjunction with", r"co-?located", r"hybrid event",
)  # fmt: skip
_STARTS = _words(
    r"start(?:s|ing)?(?: date| on| in| from)?\b(?! accepting)", r"\bbegin(?:s|ning)?\b(?! accepting)", r"commenc", r"first day", r"beginn\b", r"début (?:du|de la|des|de)", r"\binicio\b", r"início", r"\binizio\b", r"orientation", r"kick-?off", r"starting date", r"job starting", r"\bstartdatum\b", r"à partir de", r"intakes?",
)  # fmt: skip
_ENDS = _words(r"end(?:s|ing)? (?:date|on|in)\b", r"^\W*ends?\W*$", r"concludes?", r"last day of (?:the )?(?:program|course|internship|conference)", r"\bende\b", r"fin (?:du|de la)")  # fmt: skip
_EXTENDED = _words(
    r"extended\b(?! (?:abstracts?|papers?|versions?|summar))", r"extend(?:s|ing)? (?:the |our )?(?:\w+ ){0,2}(?:dead-?line|due date|closing date)", r"extension\b", r"prolong", r"verlängert", r"prorogat?", r"ampliad", r"prorrog", r"verlengd", r"продлен", r"diperpanjang", r"new (?:submission |application |paper |abstract )?dead-?line", r"revised deadline", r"updated to\b", r"postponed (?:to|until)", r"dipanjangkan", r"förlängd", r"przedłużon", r"تمديد", r"延長", r"延期",
)  # fmt: skip
_EXTENSION_SOURCE = _words(r"(?:extended|postponed|moved|changed) from\W*$", r"(?:instead of|previously|originally|formerly|initially|old(?: deadline)?|was|original (?:deadline|date)|passed|anstatt|au lieu du|antes)\W*(?:the |on )?$")  # fmt: skip
_OPTIONAL = _words(
    r"\b(?:optional|encouraged|not (?:required|mandatory|compulsory)|recommended|non-?binding|facultati[vf])\b"
)
_PREFERRED = _words(r"priority (?:deadline|date|application|consideration)")

_LETTER = _words(r"letters? of (?:intent|interest|inquiry)", r"\bLOIs?\b", r"expressions? of interest", r"\bEOIs?\b", r"pre-?\s?(?:proposal|application)", r"concept notes?", r"intention to (?:submit|apply)", r"absichtserklärung", r"lettres? d['’]intention")  # fmt: skip
_ABSTRACT = _words(r"(?<!extended )abstracts?\b", r"\bresumos?\b", r"\brésumés?\b", r"\bresúmenes\b", r"kurzfassung", r"summar(?:y|ies)\b", r"аннотац", r"тезис", r"abstrak\b")  # fmt: skip
_TITLE_FIRST = _words(r"(?:paper|title|submission|manuscript) registration")
_PAPER = _words(r"papers?\b", r"manuscripts?\b", r"full[- ]?(?:text|length)", r"articles?\b", r"extended abstracts?", r"contributions?\b", r"\bdrafts?\b", r"chapters?\b", r"posters?\b", r"demos?\b", r"demonstrations?\b", r"artículos?", r"trabalhos", r"beiträge", r"стат(?:ьи|ей|ья)", r"naskah", r"makalah", r"proposals?\b")  # fmt: skip
_NOMINATION = _words(r"nominat", r"nominierung", r"nominaci")
_REGISTRATION = _words(r"regist(?:er|ration|rations)\b", r"sign[- ]?up", r"\brsvp\b", r"enrol", r"anmeld", r"aanmeld", r"inschrijv", r"регистрац", r"pendaftaran", r"iscrizion", r"attend\b")  # fmt: skip
_APPLICATION = _words(r"\bappl(?:y|ications?|icants?|ying)\b", r"candidat", r"bewerb", r"postul", r"solicitud", r"permohonan", r"заявк", r"başvuru", r"inscri", r"sollicit", r"wniosk", r"ansök", r"ansøg", r"søknad", r"domand", r"vacanc")  # fmt: skip
_SIDE_TRACK = _words(
    r"(?:workshop|tutorial|panel|special[- ]?sessions?|symposi(?:um|a)|session|exhibit\w*|sponsor\w*|demo|mini-?symposi(?:um|a)|organi[sz]ed sessions?|invited sessions?|BoF|special issue) (?:and \w+ )?(?:and \w+ )?(?:session )?proposals?", r"proposals? for (?:\w+ ){0,2}(?:workshops?|tutorials?|panels?|special|sessions?|symposia)", r"travel (?:grants?|awards?|scholarships?|bursar\w+)", r"student (?:volunteer|grant|travel|scholarship)", r"doctoral (?:consortium|symposium|colloquium)", r"\bDC papers", r"ph\.?d\.? (?:forum|symposium|track)", r"late[- ]breaking", r"workshops?,? (?:tutorial|and)", r"childcare", r"industr(?:y|ial) (?:track|papers?|session)", r"(?:short|work-?in-?progress|wip|position) papers?", r"bursar", r"book proposal", r"references?\b", r"recommendation letters?", r"letters? of recommendation", r"referees?", r"\bquestions\b", r"reviewers?", r"sponsorship",
)  # fmt: skip
_SIDE_FORM = _words(r"demonstrations?\b", r"demos?\b", r"posters?\b", r"tutorials?\b", r"panels?\b", r"awards?\b", r"exhibit", r"special sessions?", r"invited sessions?", r"compositions?\b", r"concerts?\b", r"videos?\b", r"sessions?\W*$")  # fmt: skip
_MAIN_FORM = _words(r"\b(?:(?:full|regular|long|research|technical|all|extended|for|of|and|the|or)\s+)*(?<!short )(?<!position )papers?\b", r"\babstracts?\b", r"applications?\b", r"\bsubmissions?\W*$")  # fmt: skip
_INVITES = _words(r"\bcalls? for\b", r"convocatoria", r"appel à", r"chamada", r"aufruf", r"invit")
_LASTS = _words(
    r"\bcommenc", r"contract", r"fixed[- ]term", r"secondment", r"\bterm\b", r"employ", r"tenure", r"\bcover\b", r"\bcontinu", r"\bfunded\b", r"\bfunding\b", r"\bpost\b", r"\basap\b", r"\bstay", r"\bvalid", r"\bworking\b", r"stelle\b", r"befristet", r"contrat", r"contrato",
)  # fmt: skip
_QUALIFIED = _words(
    r"(?:\bstart(?:ed)?|(?:have|has|having|be|been) completed|obtained|graduat\w+|\bborn|defended|conferred|awarded|earned|finished|\bheld|degree|doctorate|ph\.?d\.?|produced|placed|acquired|\bbegan|in force|shall apply)\b[^.]{0,15}$",
)
_REACH_OF_TERM = 70
_LONGEST_LABEL = 70
_JOIN = 45
"""Characters: closer than this, "deadline" and "notification" speak of one thing."""


def sense_of(before: str, after: str = "", *, labelled: bool = False, hint: str = "") -> Sense:
    """Say what the words `before` a date (else those `after` it) make of it.

    `labelled`: the words form a label or list entry of their own, so that "Paper submission" alone
    names a deadline. `hint` (a heading, the page's title) fills in what is handed in.
    """
    for words, is_before in ((before, True), (after, False)):
        if words.strip() and (sense := _judged(words, is_before, labelled, hint)).role is not Role.NONE:
            return sense
    return Sense(Role.NONE)


def purpose_of(words: str, hint: str = "") -> DeadlinePurpose:
    """Say what is handed in, from the words beside a deadline, else from `hint`."""
    for text in (words, hint):
        if _LETTER.search(text):
            return DeadlinePurpose.LETTER_OF_INTENT
        if _NOMINATION.search(text):
            return DeadlinePurpose.NOMINATION
        if _TITLE_FIRST.search(text):
            return DeadlinePurpose.ABSTRACT
        paper, abstract = _PAPER.search(text), _ABSTRACT.search(text)
        if paper and not (abstract and re.search(r"abstract\s+(?:registration|submission)|abstracts?\W*$", text, re.I)):
            return DeadlinePurpose.PAPER
        if abstract:
            return DeadlinePurpose.ABSTRACT
        if _APPLICATION.search(text):
            return DeadlinePurpose.APPLICATION
        if _REGISTRATION.search(text):
            return DeadlinePurpose.REGISTRATION
    return DeadlinePurpose.APPLICATION


def is_extension(words: str) -> bool:
    """Whether the words say that a date replaces an earlier one."""
    return bool(_EXTENDED.search(words))


def is_replaced(before: str) -> bool:
    """Whether the words before a date say that it no longer holds ("extended from")."""
    return bool(_EXTENSION_SOURCE.search(before))


def is_side_track(words: str) -> bool:
    """Whether the words name something beside the main thing: tutorials, travel grants, references."""
    if _SIDE_TRACK.search(words):
        return True
    return bool(_SIDE_FORM.search(words)) and not _MAIN_FORM.search(words)


def speaks_of_deadlines(words: str) -> bool:
    """Whether the words have a deadline's name in them."""
    return bool(_DEADLINE.search(words))


def asks_to_hand_in(words: str) -> bool:
    """Whether the words speak of applying, submitting or registering."""
    return bool(_HAND_IN.search(words))


_OTHERS = (
    (Role.MONEY, _MONEY),
    (Role.FINAL, _FINAL),
    (Role.DECISION, _DECISION),
    (Role.UPDATED, _UPDATED),
    (Role.POSTED, _POSTED),
    (Role.OPENS, _OPENS),
    (Role.PAST, _PAST),
    (Role.STARTS, _STARTS),
    (Role.ENDS, _ENDS),
    (Role.EVENT, _EVENT),
)


def _judged(words: str, is_before: bool, labelled: bool, hint: str) -> Sense:
    far = len(words)
    hands_in = _HAND_IN.search(words) is not None
    due = _nearest(_DEADLINE, words, is_before)
    by = _BY.search(words) if is_before and hands_in else None
    if by is not None and _is_no_handing_in(words[: by.start()]):
        by = None
    if by is not None and (due is None or due[0] < by.start()):
        due = (by.start(), far)
    if due is None and (hands_in or speaks_of_deadlines(hint) and labelled):
        due = _nearest(_WEAK_DEADLINE, words, is_before)
    others = [(near, role) for role, pattern in _OTHERS if (near := _nearest(pattern, words, is_before)) is not None]
    extended = is_extension(words)
    if due is None and extended and (hands_in or (labelled and far <= _LONGEST_LABEL)):
        due = _nearest(_EXTENDED, words, is_before)
    if (
        due is None
        and not others
        and labelled
        and len(words) <= _LONGEST_LABEL
        and _HANDED_IN.search(words)
        and not _INVITES.search(words)
    ):
        return _deadline(words, hint, extended, sure=False)
    if due is None:
        if not others:
            return Sense(Role.NONE)
        handed_in = _nearest(_HAND_IN, words, is_before) if labelled else None
        near, role = max(others, key=lambda pair: _closeness(pair[0], far, is_before))
        if role in (Role.EVENT, Role.PAST, Role.STARTS) and handed_in and re.search(r"submi|due|regist", words, re.I):
            return _deadline(words, hint, extended, sure=False)
        return Sense(role)
    rivals = [(near, role) for near, role in others if _beats(near, role, due, far, is_before)]
    if rivals:
        return Sense(max(rivals, key=lambda pair: _closeness(pair[0], far, is_before))[1], extended=extended)
    return _deadline(words, hint, extended)


def _is_no_handing_in(leading: str) -> bool:
    """Whether what must be over by a date is a contract, a degree or the like, and not the application."""
    return bool(_LASTS.search(leading[-_REACH_OF_TERM:]) or _QUALIFIED.search(leading[-_REACH_OF_TERM:]))


def _deadline(words: str, hint: str, extended: bool, sure: bool = True) -> Sense:
    early = bool(_EARLY.search(words))
    return Sense(
        Role.DEADLINE,
        DeadlinePurpose.OTHER if early else purpose_of(words, hint),
        extended=extended,
        early=early,
        optional=bool(_OPTIONAL.search(words)),
        sure=sure,
    )


def _beats(near: tuple[int, int], role: Role, due: tuple[int, int], far: int, is_before: bool) -> bool:
    """Whether another cue, and not the deadline word, speaks of the date."""
    gap = max(near[0] - due[1], due[0] - near[1], 0)
    closer = _closeness(near, far, is_before) > _closeness(due, far, is_before)
    if role in (Role.MONEY, Role.FINAL, Role.DECISION):
        return closer or gap <= _JOIN
    return closer and gap > 3


def _nearest(pattern: re.Pattern[str], words: str, is_before: bool) -> tuple[int, int] | None:
    """The match closest to the date: the last one before it, the first one after it."""
    found: tuple[int, int] | None = None
    for match in pattern.finditer(words):
        found = match.span()
        if not is_before:
            break
    return found


def _closeness(near: tuple[int, int], far: int, is_before: bool) -> int:
    return near[1] if is_before else far - near[0]
