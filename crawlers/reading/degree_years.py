"""How a sentence says when a degree may have been got: how long ago, or between which years of the calendar.

Such a sentence says who may apply, whether or not more of it can be read.
"""

_DEGREE = (
    r"(?:ph\.?\s?d|doctorates?|doctoral degree|medical degree|thesis|promotion|doctorado|doctorat|th[èe]se|doutorado"
    r"|doutorad[oa]s|doutoramento|hochschulabschluss|graduat(?:ed|ion|ing)|qualification|titulad[oa]s|licenciad[oa]s|dipl[ôo]m[ée]e?s)"
)
_SOME_YEARS = (
    r"(?:within|last|past|at least|(?:more|less|fewer|longer|older) than|m[áa]s de|menos de|moins de|plus de|au moins"
    r"|[úu]ltimos|derni[èe]res|letzten|h[öo]chstens|mindestens|l[äa]nger als|no m[áa]ximo"
    r"|pelo menos) (?:\w+ )?(?:\d{1,2}|[a-zäöüçéêè]{2,7})"
    r" (?:years|months|a[ñn]os|ans|ann[ée]es|anos|jahren?|jahre|monaten?)"
)
"""How long ago it may have been got."""
_YEAR = r"(?:19|20)\d\d"
_OR_LATER = (
    r"(?:\+|onwards?|(?:or|and|ou|o|oder) (?:later|after|newer|earlier|before|sp[äa]ter|fr[üu]her|despu[ée]s"
    r"|posterior\w*|anterior\w*|depois|apr[èe]s|plus tard))"
)
_CALENDAR_YEARS = (
    rf"(?:{_YEAR}\s*(?:[-–—/]|to|and|until|till|bis|und|à|et|a|y|e)\s*(?:{_YEAR}|present|today|now|heute)"
    rf"|{_YEAR}\s*{_OR_LATER}"
    r"|(?:since|after|before|from|later than|earlier than|as of|desde|depuis|seit|ab|nach|vor|apr[èe]s|avant|antes de"
    rf"|despu[ée]s de|depois de|[aà] partir de) (?:the year )?{_YEAR})"
)
"""Between which years it was got: "2019-2025", "2020 or later"."""
_GOT_IN = (
    r"(?:degree|title|year|obtained|awarded|received|completed|conferred|earned|defended|graduated|gained|granted"
    r"|finished|was|is|must|should|have|has|been|be|in|the|years?|between|of|date|obten\w+|obtid\w+|soutenue?|erworben"
    r"|abgeschlossen|defendid\w+|entre|zwischen|en|em|im|los|les|años|anos|années|jahren?)"
)
"""The words between a degree and the years; others make them the years of something else: "PhD programme 2026-2029"."""

DEGREE_IN_YEARS = (
    rf"\b{_DEGREE}\b[^.;]{{0,90}}\b{_SOME_YEARS}",
    rf"\b{_DEGREE}\b\W*(?:{_GOT_IN}\b\W*){{0,6}}{_CALENDAR_YEARS}",
    rf"\b{_SOME_YEARS}\b[^.;]{{0,60}}\b{_DEGREE}",
)
