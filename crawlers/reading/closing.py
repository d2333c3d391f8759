"""Notices that one cannot apply (any more): "Applications are now closed", "Prazo esgotado".

The word "closed" has other senses (closed-loop, "closed on Sundays", a registration that "will be
closed on 5 May"), so that a notice needs what is closed beside it, or stands alone.
"""

import re

from crawlers.reading.document import Block, Document

_WHAT = (
    r"(?:(?:online |abstract |paper |conference |event |late |early[- ]bird |grant |the |this |our |all |\d{4}(?:[-–/]\d{2,4})? |[A-Z][\w&-]+ ){0,5}"
    r"(?:applications?(?: (?:period|window|process|cycle|form|portal|round)s?)?|submissions?(?: (?:period|window|site|system|portal))?|registrations?(?: (?:period|form))?"
    r"|nominations?(?: period)?|calls?(?: for (?:\w+ ){1,3})?|vacanc(?:y|ies)|positions?|competitions?|programmes?|programs?|fellowships?|scholarships?|internships?"
    r"|opportunit(?:y|ies)|intakes?|recruitment|enrol?ments?|posting|announcement|job(?: opening)?s?|entries|award round|funding round|round|form|admissions?))"
)
_NOT_THIS = r"(?! (?:on|at|by|when|once|after|if|until|for (?:lunch|the weekend))\b(?! (?:this|the) (?:time|moment)))"
_ENGLISH = (
    rf"{_WHAT}(?: for [^.!?\n]{{0,90}}?)? (?:(?:is|are|have|has|was|were)(?: been)?|been)\s+(?:(?:now|currently|already|officially|temporarily|presently|all) ){{0,2}}"
    rf"(?:closed|suspended|over|ended|discontinued|cancelled|canceled|on hold|paused|no longer (?:available|open|accepted|being accepted)|not (?:currently |yet )?(?:available|open|being accepted|accepted)|expired|filled)\b{_NOT_THIS}",
    r"(?:no longer|not|not currently|currently not|no more) (?:accepting|taking|considering|receiving|open (?:for|to)) (?:\w+ ){0,3}(?:applic|submiss|nominat|registr|proposal|entries|abstract|candidat)\w*",
    r"(?<!incomplete )(?<!late )(?<!partial )(?<!unsolicited )"
    r"(?:applications?|submissions?|nominations?|registrations?)(?: for [^.!?\n]{0,80}?)? (?:(?:is|are|will) )?(?:no longer|not)(?: currently| be)? (?:being )?(?:accepted|considered|possible|available|received)(?! (?:after|if|without|by|unless|from|beyond|past|via|that|which|incomplete|late))",
    r"(?:at present|currently|at this time)[, ]+no (?:\w+ ){0,3}applications\b",
    r"(?:this|the|our) (?:\w+ ){0,4}(?:job posting|posting|vacancy|call|position|opportunity|programme|program|fellowship|internship|scholarship|competition|application period|round|announcement)(?: \w+){0,3} (?:has|have|is) (?:now |already |since |been )*(?:closed|expired|ended|passed|filled|suspended|discontinued|retired)\b",
    r"(?:the )?(?:\w+ ){0,3}(?:deadline|closing date)(?: for [^.!?\n]{0,80}?)? (?:has|have|is|was) (?:now |already |since )*(?:passed|over|expired|closed)\b",
    r"(?:deadline|closing date)[^.!?\n]{0,40}[:–-]\s*(?:closed|expired|passed)\b",
    r"(?:we (?:are|have)|is|are) (?:now |currently )?(?:closed|stopped) (?:for|to|accepting) (?:new )?(?:applications|submissions|registrations?|nominations)",
    r"(?:applications?|submissions?|registrations?|nominations?|call|call for \w+)\s*[:–-]?\s*(?:\((?:now )?closed\)|\[(?:now )?closed\]|(?:now )?closed\s*(?:[.!]|$))",
    r"[\[(](?:now )?(?:applications?|submissions?|registrations?|nominations?|call)? ?(?:now |is |are )?closed[\])]",
    r"thank you (?:to all|to everyone|for all)[^.!?\n]{0,60}(?:applied|submitted)[^.!?\n]{0,80}(?:closed|selected|complete)",
)
_OTHERS = (
    # German
    r"(?:bewerbungs(?:phase|frist|zeitraum|schluss)|bewerbungsverfahren|ausschreibung|anmeldung|anmeldefrist|einreichung\w*|stelle|programm)\b[^.!?\n]{0,60}\b(?:ist|sind|wurde|wurden)\b[^.!?\n]{0,30}\b(?:abgelaufen|beendet|geschlossen|abgeschlossen|besetzt|eingestellt|ausgesetzt|vorbei|verstrichen)",
    r"(?:keine|nicht mehr)\b[^.!?\n]{0,30}\b(?:bewerbungen|anmeldungen|anmeldung|bewerbung)\b[^.!?\n]{0,40}\b(?:möglich|angenommen|entgegen)",
    # French
    r"(?:date limite|délai|clôture|période)\b[^.!?\n]{0,70}\b(?:est|sont) (?:déjà )?(?:passée?|dépassée?|expirée?|échue?|terminée?)",
    r"(?:appel|candidatures?|inscriptions?|dépôt|soumissions?|offre|concours)\b[^.!?\n]{0,60}\b(?:est|sont) (?:désormais |maintenant |actuellement |déjà )?(?:clos(?:e|es)?|clôturée?s?|fermée?s?|terminée?s?|expirée?s?|suspendue?s?|pourvue?)",
    # Spanish
    r"(?:convocatoria|plazo|inscripci(?:ón|ones)|postulaci(?:ón|ones)|solicitudes|recepción|registro|oferta)\b[^.!?\n]{0,60}\b(?:cerrad[oa]s?|finalizad[oa]s?|vencid[oa]s?|concluid[oa]s?|suspendid[oa]s?|ha (?:finalizado|vencido|terminado|concluido|cerrado|expirado))",
    r"(?:^|[\s(\[])(?:plazo|fecha) (?:vencid[oa]|cerrad[oa]|agotad[oa])",
    # Portuguese
    r"prazo\b[^.!?\n]{0,50}\b(?:esgotado|encerrado|expirado|terminado|finalizado)",
    r"(?:inscriç(?:ão|ões)|candidaturas?|submiss(?:ão|ões)|edital|chamada|vagas?|processo seletivo)\b[^.!?\n]{0,50}\b(?:encerrad[oa]s?|finalizad[oa]s?|suspens[oa]s?|terminad[oa]s?|fechad[oa]s?|esgotad[oa]s?)",
    # Italian
    r"(?:bando|iscrizioni|candidature|domande|termini?|selezione)\b[^.!?\n]{0,50}\b(?:chius[oaie]|scadut[oaie]|terminat[oaie]|conclus[oaie]|sospes[oaie])",
    # Dutch
    r"(?:inschrijving(?:en)?|aanmelding(?:en)?|aanvragen|deadline|vacature|oproep|sollicitatie\w*)\b[^.!?\n]{0,50}\b(?:gesloten|verstreken|verlopen|voorbij|vervuld|volgeboekt)",
    # Russian and Ukrainian
    r"(?:при[её]м|регистрация|конкурс|срок|подача|набор|вакансия)\b[^.!?\n]{0,60}\b(?:закрыт[аы]?|завершен[аы]?|завершён|окончен[аы]?|ист[её]к|прекращ[её]н|приостановлен[аы]?)",
    r"(?:прийом|реєстрація|конкурс|термін)\b[^.!?\n]{0,60}\b(?:закрит[оа]?|завершено|закінчився|минув)",
    # Indonesian and Malay
    r"(?:pendaftaran|permohonan|lowongan|registrasi)\b[^.!?\n]{0,40}\b(?:sudah |telah |ini )*(?:ditutup|berakhir|tutup)\b(?! pada)",
    # Polish, Czech, Scandinavian, Turkish, Hungarian, Romanian
    r"(?:nabór|rekrutacja|rejestracja|termin|konkurs)\b[^.!?\n]{0,40}\b(?:zakończon[yao]|zamknięt[yao]|minął|upłynął|zawieszon[yao])",
    r"(?:přihlášky|registrace|výběrové řízení|termín|lhůta)\b[^.!?\n]{0,40}\b(?:uzavřen\w*|ukončen\w*|vypršel\w*|uplynul\w*)",
    r"(?:ansökan|ansökningstiden|anmälan|ansøgningsfristen|søknadsfristen|tilmelding|påmelding)\b[^.!?\n]{0,40}\b(?:är |er |har )(?:\w+ )?(?:stängd|stängt|lukket|stengt|gått ut|utløpt|udløbet|overskredet|avslutad)",
    r"(?:başvurular|başvuru süresi|kayıtlar)\b[^.!?\n]{0,40}\b(?:sona ermiştir|sona erdi|kapanmıştır|kapandı|kapalıdır|dolmuştur)",
    r"(?:jelentkezés|pályázat|határidő)\b[^.!?\n]{0,40}\b(?:lezárult|lezárva|lejárt)",
    r"(?:înscrierile|aplicațiile|termenul|apelul)\b[^.!?\n]{0,40}\b(?:închis\w*|încheiat\w*|expirat)",
    # Arabic, Chinese, Japanese, Korean, Vietnamese
    r"(?:تم إغلاق|أغلق|انتهى|انتهت|مغلق)[^.!؟\n]{0,30}(?:التقديم|التسجيل|الطلبات|الموعد|فترة)|(?:باب )?(?:التقديم|التسجيل)[^.!؟\n]{0,20}(?:مغلق|انتهى)",
    r"(?:报名|申请|投稿|征稿|招聘|招募)[^。！\n]{0,10}(?:已截止|已结束|已关闭|截止了)|已过期",
    r"(?:募集|受付|応募|申込)[^。！\n]{0,12}(?:終了しました|締め切りました|は終了|締切りました)",
    r"(?:접수|모집|지원)[^.!\n]{0,8}(?:마감되었|종료되었|마감됨)",
    r"(?:đã hết hạn|đã đóng)(?: (?:nộp|đăng ký|nhận))?",
)
_STANDING_ALONE = re.compile(
    r"^\W*(?:(?:this )?(?:call|position|job|posting|opportunity|event|application|submission|registration|status|archived?(?: page| event)?)?\W{0,3}"
    r"(?:is |are )?(?:now |currently )?(?:closed|expired|archived|cancelled|canceled|geschlossen|abgelaufen|clos|clôturée?|cerrad[oa]|encerrad[oa]s?|chius[oa]|gesloten|закрыт[оа]?|ditutup|zakończon[yao]|stängd|kapandı|已截止|終了|마감))\W*$",
    re.I,
)
_IN_HEADING = re.compile(
    r"^\W*[\[(]\s*closed\s*[\])]|[\[(–:-]\s*(?:now |applications? |submissions? |registration |call )?(?:closed|expired|geschlossen|clos|cerrada|encerrad[oa]s?|fechad[oa]s?|gesloten|закрыт[оа]?)\s*[\])]?\s*$",
    re.I,
)
_SUSPENDED = re.compile(
    r"(?:programme?|program|fellowship|scheme|internship|elective\w*|observership|scholarship|award|course|applications?)s?\b[^.!?\n]{0,60}\b(?:has been|have been|is|are|was|were|will be)\s+(?:\w+ )?(?:suspended|discontinued|cancelled|canceled|paused|put on hold|terminated|postponed indefinitely)\b"
    r"|\b(?:will not be|is not|are not) (?:offering|offered|running|held|hosting) (?:this|in \d{4}|at this time|any (?:more|longer))",
    re.I,
)
_PAST_EVENT = re.compile(
    r"\byou are (?:viewing|browsing|on) (?:the |an? )?(?:archived?|old|past|previous)\b|this is an? (?:archived?|past|previous|old) (?:page|website|site|version|edition|event)\b|this (?:event|page|site|website) (?:has (?:ended|passed|been archived|concluded)|is (?:over|archived|from a past|for a past|no longer))",
    re.I,
)
_OVER = re.compile(r"\b(?:abstract |paper |application |submission |registration )?deadline is (?:now )?over\b", re.I)
_NOTICE = re.compile("|".join((*_ENGLISH, *_OTHERS)), re.I | re.M)
_CONDITIONAL = re.compile(
    r"\b(?:if|when|once|after|until|unless|before|as soon as|wenn|sobald|si|quand|lorsque|cuando|quando|se|als|wanneer|если|когда|jika|will be|would be|may be|should)\b[^.!?]{0,70}$|\b(?:early[- ]?bird|previous|last year['’]?s?|first round|other)\b[^.!?]{0,40}$",
    re.I,
)
_IS_CONDITION = re.compile(
    r"\b(?:if|when|once|after|until|unless|before|incomplete|late|e-?mailed|faxed|multiple|unsolicited|joint|such|handwritten|postal)\b",
    re.I,
)
_SOME_ONLY = re.compile(
    r"\b(?:incomplete|late|e-?mailed|faxed|multiple|unsolicited|joint|such|handwritten|postal|these|other)\s+$", re.I
)
_STILL_OPEN = re.compile(
    r"\b(?:now open|(?<!will )(?<!to )are open|is open|open now|(?<!will )(?<!to )opens?\b.{0,30}\b(?:20\d\d)|apply now|apply here|re-?opened"
    r"|new (?:call|round))\b",
    re.I,
)
_EXTENDED = re.compile(r"\bextended\b", re.I)
_TRACK = re.compile(
    r"\b(?:abstracts?|papers?|posters?|early[- ]?bird|demos?|travel (?:grants?|awards?)|sponsorship)\b", re.I
)
_OPEN_OTHERWISE = re.compile(r"\bregist(?:er|ration)\b", re.I)
_HEADLINE = re.compile(
    r"^\W*(?:[\w&'-]+ ){0,4}(?:submissions?|applications?|registrations?|nominations?|portal|calls?|form|intake|vacancy|position|programme|program)"
    r"(?: (?:portal|form|window|period|site|system))? (?:now |is |are )?(?:closed|expired|ended)\W*$",
    re.I,
)
_FULL = re.compile(r"^[^.!?]{0,40}\b(?:fully booked|sold[- ]out|is full|volzet|ausgebucht|complet)\b\W*$", re.I)
_LONGEST_QUOTE = 300
_LONGEST_LINE = 5_000
_LOOKED_AT = 60_000
"""Characters of a page that are searched: a notice stands at its beginning or its end."""


def closed_notice(document: Document) -> str | None:
    """Return the page's words that say one cannot apply, or None.

    Looked for in the page's own matter; a heading marked "(Closed)" counts, a banner about another
    call, a condition ("once applications have closed") or one closed track among open ones does not.
    """
    whole_heading = [text for text in (document.heading, document.title) if text]
    for text in whole_heading:
        if _IN_HEADING.search(text) or _STANDING_ALONE.match(text):
            return text[:_LONGEST_QUOTE]
    for block in _first_and_last(document):
        for line in block.words.split("\n"):
            quote = _notice_in(line)
            if quote and not _is_other_track(quote, document):
                return quote
    return None


def _is_other_track(quote: str, document: Document) -> bool:
    """Whether only a part is closed, such as abstracts on a conference's page where one can still register."""
    if not (track := _TRACK.search(quote)):
        return False
    first_heading = next((block.text for block in document.main if block.level), "")
    head = f"{document.title} {document.heading} {first_heading}".lower()
    if not head.strip() or track[0].lower().rstrip("s") in head:
        return False
    return any(_OPEN_OTHERWISE.search(other.text) for other in document.main)


def _first_and_last(document: Document) -> list[Block]:
    """The page's blocks; of a very long page those at its beginning and those at its end."""
    blocks = [block for block in document.main if block.text]
    first = _up_to(blocks, _LOOKED_AT // 2)
    return first + _up_to(blocks[len(first) :][::-1], _LOOKED_AT // 2)[::-1]


def _up_to(blocks: list[Block], characters: int) -> list[Block]:
    taken: list[Block] = []
    for block in blocks:
        characters -= len(block.text)
        if characters < 0:
            break
        taken.append(block)
    return taken


def _notice_in(line: str) -> str | None:
    if len(line) <= 80 and any(pattern.match(line) for pattern in (_STANDING_ALONE, _HEADLINE, _FULL)):
        return line
    for pattern in (_NOTICE, _OVER, _SUSPENDED, _PAST_EVENT):
        for found in pattern.finditer(line[:_LONGEST_LINE]):
            start, end = _sentence_around(line, found)
            if not _is_conditional(line[start : found.start()], found[0]) and not _is_open_after_all(line, found, end):
                return line[max(start, found.start() - 120) : min(end, found.end() + 120)].strip()[:_LONGEST_QUOTE]
    return None


def _sentence_around(line: str, found: re.Match[str]) -> tuple[int, int]:
    start = max(line.rfind(mark, 0, found.start()) for mark in (". ", "! ", "? ")) + 1
    ends = [end + 1 for mark in (". ", "! ", "? ") if (end := line.find(mark, found.end() - 1)) >= 0]
    return start, min(ends, default=len(line))


def _is_conditional(before: str, words: str) -> bool:
    """Whether the notice is a condition or speaks of some applications only ("incomplete ones")."""
    return bool(_IS_CONDITION.search(words) or _SOME_ONLY.search(before) or _CONDITIONAL.search(before))


def _is_open_after_all(line: str, found: re.Match[str], end: int) -> bool:
    """Whether what follows says that one can apply now, or that the date in this sentence was extended."""
    after = line[found.end() : found.end() + 160]
    return bool(_STILL_OPEN.search(after) or _EXTENDED.search(line[found.end() : end]))
