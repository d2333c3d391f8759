"""Two more batches of phrasings, as in `eligibility_fresh`: each committed before it was first tried (decision 0014)."""

FIFTH_BATCH: tuple[tuple[str, str], ...] = (
    ("U.S. citizens and permanent residents from any college or university in the country can apply.",
     "undergrad_us:e phd_us:e phd_br:i stranger:u"),
    ("Applicants must have a doctoral or health professional degree (PhD, DrPH, MD, DO, DVM, DDS) by the time training "
     "begins.",
     "postdoc_au:e doctor_np:e pupil_gb:i"),
    ("The school is open to at most 24 doctoral students.", "professor_de:i nurse_gb:i undergrad_us:i"),
    ("To be admitted, students must be enrolled in a doctoral program.", "phd_us:u pupil_gb:i postdoc_au:i"),
    ("The awards let residents and fellows present their findings at national conferences.",
     "resident_ca:e fellow_us:e nurse_gb:i"),
    ("Applicants may come from any specialty, and the scheme is not restricted to academic trainees.",
     "resident_ca:e doctor_np:e"),
    ("Must be a full-time resident at the time funds are awarded. Students and fellows are not eligible.",
     "med_in:i fellow_us:i phd_us:i"),
    ("Internship in Health Economics for master's students", "nurse_gb:i pupil_gb:i phd_us:u"),
    ("Summer school on vector-borne disease: graduate students and postdoctoral researchers from all countries are "
     "welcome.",
     "phd_br:e postdoc_au:e pupil_gb:i"),
    ("Essay prize for medical students on the ethics of triage", "med_in:e med_ca:e doctor_np:i stranger:u"),
    ("Applicants must be registered nurses.", "nurse_ph:e nurse_gb:e med_in:i stranger:u"),
    ("Applicants must be nurses holding at least a bachelor's degree.", "nurse_ph:e nurse_gb:e pupil_gb:i"),
    ("Open to nationals of all African countries living on the continent.",
     "health_officer_ke:e pharmacist_et:e professor_de:i stranger:u"),
    ("Only those who live in Kenya or Ethiopia may attend.", "health_officer_ke:e fellow_us:i stranger:u"),
    ("The bursary helps early-career health professionals from low- and lower-middle-income countries.",
     "doctor_np:e nurse_ph:e professor_de:i fellow_us:i"),
    ("Candidates with a degree other than medicine are not considered.", "phd_us:u stranger:u"),
    ("High school students aged 16 or over may apply.", "pupil_gb:u undergrad_us:i nurse_gb:i"),
    ("You should have finished your doctorate no more than four years ago.", "postdoc_au:u undergrad_ng:i"),
    ("We welcome applications from scientists of every nationality.", "postdoc_au:e professor_de:e"),
    ("Students studying for a bachelor's or a master's degree may apply; PhD students may not.",
     "undergrad_us:e professor_de:i pupil_gb:i"),
    ("Fluency in Spanish is required.", "nurse_gb:i stranger:u"),
)  # fmt: skip
"""Written after a dozen searches for what fellowships, summer schools and travel grants ask for."""
