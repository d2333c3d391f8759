"""Names of months and weekdays in the languages that calls are written in.

The names are those of CLDR as dateparser carries them for English, French, Spanish, Portuguese,
German, Italian, Dutch, Russian, Ukrainian, Arabic, Indonesian, Malay, Polish, Swedish, Danish,
Norwegian, Finnish, Czech, Slovak, Turkish, Romanian, Hungarian, Greek, Catalan and Bulgarian;
short forms that are everyday words in some of them are left out. Croatian is left out: its
"listopad" is October where the Polish and Czech one is November.
"""

import re

_MONTHS = (
    "jan janv ian ene gen jän january janvier enero janeiro januar jänner gennaio januari январь января янв січень "
    "січня يناير djan djanuari styczeń stycznia styczniu tammikuu tammikuuta tammikuussa leden ledna lednu január "
    "januára ocak ianuarie ιανουάριος ιανουαρίου gener януари",
    "feb febr fev févr fevr february février fevrier febrero fevereiro februar feber febbraio februari февраль "
    "февраля фев лютий лютого فبراير pebruari lutego lutym helmikuu helmikuuta helmikuussa únor února únoru február "
    "februára şubat februarie φεβρουάριος φεβρουαρίου febrer февруари شباط",
    "mar mars mrz mär mrt márc mart march marzo março marco märz maerz maart март марта березень березня مارس maret "
    "marzec marzecu maaliskuu maaliskuuta maaliskuussa březen března březnu marec martie március μάρτιος μαρτίου "
    "març آذار اذار",
    "apr avr abr ápr april avril abril aprile апрель апреля апр квітень квітня أبريل kwiecień kwietnia kwietniu "
    "huhtikuu huhtikuuta huhtikuussa duben dubna dubnu apríl apríla nisan aprilie április απρίλιος απριλίου април "
    "نيسان",
    "may mai maj máj mei mag mayo maio maggio май мая травень травня مايو maja toukokuu toukokuuta toukokuussa "
    "květen května květnu mája mayıs május μάιος μαΐου maig أيار ايار",
    "jun juin giu jún june junio junho juni giugno июнь июня червень червня يونيو djuni czerwca czerwiec czerwcu "
    "kesäkuu kesäkuuta kesäkuussa června červnu júna haziran iunie június ιουνίου ιούνιος juny юни حزيران",
    "jul juil juill lug júl july juillet julio julho juli luglio июль июля липень липня يوليو djuli julai lipca "
    "lipiec lipcu heinäkuu heinäkuuta heinäkuussa července červenec červenci júla temmuz iulie július ιουλίου "
    "ιούλιος juliol юли تموز",
    "aug août aout ago agu agt ağu august agosto augustus август августа авг серпень серпня أغسطس agustus ogos "
    "sierpień sierpnia sierpniu augusti elokuu elokuuta elokuussa srpen srpna srpnu augusta ağustos augusztus "
    "αυγούστου αύγουστος agost آب",
    "sep sept set september septembre septiembre setiembre setembro septembro settembre сентябрь сентября сент "
    "вересень вересня سبتمبر wrzesień września wrześniu syyskuu syyskuuta syyskuussa září septembra eylül "
    "septembrie szeptember σεπτέμβριος σεπτεμβρίου setembre септември أيلول ايلول",
    "oct okt out ott ekim october octobre octubre outubro oktober ottobre октябрь октября окт жовтень жовтня أكتوبر "
    "październik października październiku lokakuu lokakuuta lokakuussa říjen října říjnu október októbra octombrie "
    "οκτωβρίου οκτώβριος октомври",
    "nov november novembre noviembre novembro ноябрь ноября нояб листопад листопада نوفمبر nopember listopad "
    "listopada listopadzie marraskuu marraskuuta marraskuussa listopadu novembra kasım noiembrie νοέμβριος "
    "νοεμβρίου ноември",
    "dec déc dic dez des december décembre decembre diciembre dezembro dezember dicembre декабрь декабря дек "
    "грудень грудня ديسمبر desember disember grudnia grudzień grudniu joulukuu joulukuuta joulukuussa prosince "
    "prosinec prosinci decembra aralık decembrie δεκέμβριος δεκεμβρίου desembre декември",
)
_WEEKDAYS = (
    "mon monday lundi lunes segunda-feira montag lunedì maandag понедельник понеділок الاثنين الإثنين senin isnin "
    "poniedziałek måndag mandag maanantai maanantaina pondělí pondelok pazartesi hétfő δευτέρα dilluns",
    "tue tues tuesday mardi martes terça-feira dienstag martedì dinsdag вторник вівторок الثلاثاء selasa wtorek "
    "tisdag tirsdag tiistai tiistaina úterý utorok salı marți τρίτη dimarts",
    "wed weds wednesday mercredi miércoles miercoles quarta-feira mittwoch mercoledì woensdag среда среду середа "
    "середу الأربعاء rabu środa środę onsdag keskiviikko keskiviikkona středa středu streda stredu çarşamba "
    "miercuri τετάρτη",
    "thu thur thurs thursday jeudi jueves quinta-feira donnerstag giovedì donderdag четверг четвер الخميس kamis "
    "khamis czwartek torsdag torstai torstaina čtvrtek štvrtok perşembe csütörtök πέμπτη",
    "fri friday vendredi viernes sexta-feira freitag venerdì vrijdag пятница пятницу п'ятниця الجمعة jumat jumaat "
    "piątek fredag perjantai perjantaina pátek piatok cuma vineri péntek παρασκευή",
    "sat saturday samedi sábado sabado samstag sonnabend sabato zaterdag суббота субботу субота السبت sabtu sobota "
    "sobotę lördag lørdag lauantai lauantaina sobotu cumartesi sâmbătă szombat σάββατο",
    "sun sunday dimanche domingo sonntag domenica zondag воскресенье неділя неділю الأحد minggu niedziela niedzielę "
    "söndag søndag sunnuntai neděle neděli nedeľa pazar duminică vasárnap κυριακή",
)


def _numbered(several: tuple[str, ...], first: int) -> dict[str, int]:
    """Names with their numbers; a Turkish ı also as the i that lower case makes of its capital: KASIM."""
    found = {name: number for number, names in enumerate(several, first) for name in names.split()}
    return found | {name.replace("ı", "i"): number for name, number in found.items()}


MONTH_OF = _numbered(_MONTHS, 1)
WEEKDAY_OF = _numbered(_WEEKDAYS, 0)

ALSO_WORDS = frozenset("may march mar out set ago des dic gen agu giu lug mag mei ene dez marco juni abr ott".split())  # noqa: SIM905
"""Month names that are ordinary words somewhere: in lower case they need a year or "de" beside them."""


def month_number(name: str) -> int | None:
    """Return 1 to 12 for the name of a month in any case, with or without a full stop."""
    return MONTH_OF.get(name.lower().rstrip("."))


def weekday_number(name: str) -> int | None:
    """Return 0 (Monday) to 6 for the name of a weekday in any case, with or without a full stop."""
    return WEEKDAY_OF.get(name.lower().rstrip("."))


def _any_of(names: dict[str, int]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


MONTH = rf"(?:{_any_of(MONTH_OF)})"
WEEKDAY = rf"(?:{_any_of(WEEKDAY_OF)})"
