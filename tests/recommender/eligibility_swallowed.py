"""Conditions that pass for idle talk: of what those who take part do, of how a course is given, of wishes and welcomes.

Each text was once read as asking nothing, so that whoever has the profession was told yes. As in `eligibility_fresh`,
`e`: may apply, `i`: may not, `u`: cannot be told from what is known of the person.
"""

_DOCTORS = "Fellowship in Ward Medicine\n\nOpen to doctors. "
_SWALLOWED = (
    "Participants secure written consent of their employer.",
    "Fellows give up their clinical post for the year.",
    "Fellows take unpaid leave from their employer.",
    "Trainees remain employed by an NHS trust throughout.",
    "Fellows enter with three years of residency behind them.",
    "Fellows relocate to Boston for two years without family.",
    "Fellows give proof of funding.",
    "Participants complete an online course in good clinical practice before they apply.",
    "Fellows commit to returning to their home country for two years.",
    "Participants pay a fee of EUR 500 and hold a valid visa.",
    "Interns bring a letter of consent from their dean.",
    "Selected fellows resign from any other post.",
    "Participants present data from their own hospital.",
    "Trainees spend a year there and return to a post in their home country.",
    "The course needs a working knowledge of R.",
    "The workshop assumes familiarity with regression.",
    "The workshop is by nomination of the ministry.",
    "The school is by invitation only.",
    "Register with the General Medical Council before applying.",
    "Register with the Kenya Medical Board by 1 March.",
    "Please register with the Danish Medical Association.",
    "You must register with the medical council of Ghana.",
)
_HARMLESS = (
    "Participants draw a map of a ward.",
    "Fellows attend three meetings a year.",
    "Fellows spend a year with a mentor and present a poster.",
    "Interns visit two clinics and discuss what they saw.",
    "Trainees receive a certificate and join a network.",
    "The course is held online in March.",
    "The workshop lasts two days and covers the writing of papers.",
    "Register with the organisers by 1 March.",
)

SWALLOWED_BATCH: tuple[tuple[str, str], ...] = (
    *((_DOCTORS + sentence, "doctor_np:u nurse_gb:i") for sentence in _SWALLOWED),
    *((_DOCTORS + sentence, "doctor_np:e nurse_gb:i") for sentence in _HARMLESS),
    (_DOCTORS + "The course is taught in Spanish.", "doctor_np:i doctor_de:i resident_mx:e"),
    (_DOCTORS + "All teaching is in German.", "doctor_np:i doctor_de:e resident_mx:i"),
    (_DOCTORS + "The course is taught in French.", "doctor_np:i doctor_de:i"),
    (_DOCTORS + "The workshop is held in English.", "doctor_np:e doctor_de:e resident_mx:i"),
    (_DOCTORS + "The workshop is held in Berlin.", "doctor_np:e nurse_gb:i"),
    ("Ärztinnen und Ärzte mit deutscher Approbation", "doctor_np:u nurse_gb:i"),
    ("Requires a medical licence.", "doctor_np:u nurse_gb:i"),
    ("Doctors with a full Dutch licence to practise may apply.", "doctor_np:u nurse_gb:i"),
    ("Medical students with a strong interest in surgery demonstrated by at least one publication.", "med_in:u nurse_gb:i"),
    ("Medical students with a keen interest in research as shown by prior laboratory work.", "med_in:u nurse_gb:i"),
    ("Doctors interested in tropical medicine, aged under 40.", "doctor_np:u nurse_gb:i"),
    ("Doctors who are keen to work abroad, having completed foundation training.", "doctor_np:u nurse_gb:i"),
    ("Nurses who want to learn about research, nominated by their ward.", "nurse_gb:u med_in:i"),
    ("Medical students with a keen interest in surgery.", "med_in:e nurse_gb:i"),
    ("Travel Prize\n\nThe EUR 2,000 grant goes to women.", "nurse_gb:u doctor_np:u"),
    ("Travel Prize\n\nNo students from outside Kenya required to pay.", "med_in:u doctor_np:u"),
    ("Special Issue\n\nWe are interested in work by authors from Kenya.", "nurse_gb:u doctor_np:u"),
    ("Spring School\n\nNurses are encouraged to apply.", "doctor_np:u"),
    ("Spring School\n\nEligibility\n- Nurses are strongly encouraged to apply.", "doctor_np:u"),
    ("Spring School\n\nOpen to health professionals. Nurses are encouraged to apply.", "doctor_np:e nurse_gb:e"),
    ("Spring School\n\nOpen to everyone. Nurses are encouraged to apply.", "doctor_np:e nurse_gb:e pupil_gb:e"),
)  # fmt: skip
