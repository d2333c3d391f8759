"""Is a funder's grant for a person, or for an institution?

The activity code decides where there is one (NIH, "Activity Codes"): F and K are a person's, R, T, U
and P an institution's. Elsewhere the words do: "Postdoctoral Research Fellowships" are for a person,
a "Training Grant" or a consortium's action is not. What neither settles is None: not known.
"""

import re

_PERSONS_CODE = re.compile(r"\b(?:F(?:05|30|31|32|33|37|38|99)|K(?:00|01|02|05|07|08|18|22|23|24|25|26|38|43|76|99)|R36)\b")
_INSTITUTIONS_CODE = re.compile(
    r"\b(?:R(?:01|03|13|15|16|18|2[145]|3[345]|4[1234]|5[06]|6[01])|RC[12]|RF1|RM1|U[A-Z0-9]\d|U\d[A-Z]|UH[23]|P(?:01|[2-5]\d)|"
    r"T(?:01|03|14|15|3[2457]|42|9\d)|TL1|D(?:43|71)|X0[12]|G(?:07|08|11|12|13|20)|S(?:06|10|15|21|22)|K(?:12|30)|KL2|KM1|C06|SB1|DP\d|"
    r"OT[23]|SBIR|STTR)\b"
)
_INSTITUTIONS_WORDS = re.compile(
    r"\binstitutional\b|\btraining (?:grants?|groups?|projects?|cent(?:er|re)s?)\b|\b(?:research )?traineeship\b|\btraining programs? \(|\bdoctoral networks?\b|"
    r"\bstaff exchanges?\b|\bcofund\b|\bconsorti(?:um|a)\b|\bcooperative agreements?\b|\bscholarships? (?:for service|in (?:stem|science)|network)|"
    r"\bscholarship (?:and fellowship )?(?:program support|support)\b|\bformula (?:grants?|programs?)\b|\btechnical assistance\b|"
    r"\b(?:research|innovation|coordination and support) actions?\b|\binfrastructure\b|\bcapacity building\b|\bcent(?:er|re)s? of excellence\b|"
    r"\bteacher scholarship\b|\bcareer development program award\b|\bbuilding interdisciplinary\b|\brecipients \(R",
    re.IGNORECASE,
)
_PERSONS_WORDS = re.compile(
    r"\bindividual\b.{0,60}\bfellowships?\b|\b(?:post-?doctoral|doctoral|pre-?doctoral|graduate|senior|junior|clinical|research|dissertation|early[- ]career|career|visiting|"
    r"professional|travel|sabbatical)\b.{0,25}\bfellowships?\b|\bfellowships?\b|\bcareer (?:development|transition|enhancement|leadership) awards?\b|\bmid-?career (?:investigator|advancement)\b|"
    r"\bearly[- ]career (?:award|development|researcher|fellow|investigator|program)\w*|\bfaculty early career\b|\bdissertation (?:awards?|grants?|research)\b|"
    r"\btravel (?:awards?|grants?|bursar\w+)\b|\bscholarships?\b|\bstudentships?\b|\bbursar(?:y|ies)\b|\byoung investigators?\b|\bnew investigators?\b|"
    r"\bpost-?doctoral researchers?\b|\bpostdoctoral fellow transition award\b|\b(?:starting|consolidator|advanced) grants?\b|\bprofessorships?\b|\bscholar awards?\b",
    re.IGNORECASE,
)
_PERSONS_TEXT = re.compile(
    r"\bindividuals? (?:with the skills|may apply|applicants?|researchers?)\b|\bfellowship applicants?\b|\bthe applicant (?:must be|is) (?:a|an) (?:student|postdoc|resident|physician|researcher|fellow)",
    re.IGNORECASE,
)
_INSTITUTIONS_TEXT = re.compile(
    r"\b(?:eligible (?:applicants|entities|organi[sz]ations)|applicant organi[sz]ations?|applicants must be (?:non-?profit|organi[sz]ations|institutions)|"
    r"consorti(?:um|a) (?:must|of)|legal entit(?:y|ies)|institutions of higher education)\b",
    re.IGNORECASE,
)


def for_a_person(title: str, number: str = "", text: str = "") -> bool | None:
    """Whether a grant is one that a person applies for in their own training or research.

    `number` is the funder's own ("PA-23-272", "HORIZON-MSCA-2026-PF-01"), `text` its description.
    False: an institution or consortium applies. None: the words do not settle it.
    """
    if re.search(r"-PF-|\bMSCA-PF\b", number):
        return True
    if re.search(r"-(?:DN|SE|COFUND|CITIZENS)-|\bHORIZON-(?!MSCA)", number):
        return False
    persons, institutions = _PERSONS_CODE.search(title), _INSTITUTIONS_CODE.search(title)
    if persons and not institutions:
        return True
    if institutions or _INSTITUTIONS_WORDS.search(title):
        return False
    if _PERSONS_WORDS.search(title):
        return True
    if _PERSONS_TEXT.search(text[:20_000]):
        return True
    return False if _INSTITUTIONS_TEXT.search(text[:20_000]) else None
