"""Who may and who may not apply for what on the sample web, as somebody who read its pages by hand says.

`may`: nothing on the page rules this person out, though it may leave something to be asked. `may_not`: it plainly does.
"""

from typing import NamedTuple

from catalog.words import CareerStage as Stage
from catalog.words import Degree, Profession
from recommender.people import MenteeFacts


class Expected(NamedTuple):
    """A person, and calls of the sample web by id."""

    person: MenteeFacts
    may: tuple[str, ...]
    may_not: tuple[str, ...]


def _person(stage: Stage, home: str, degree: Degree, profession: Profession | None = None) -> MenteeFacts:
    return MenteeFacts(stage=stage, profession=profession, citizenships=(home,), residence=home, degree=degree)


EXPECTED = {
    "medical student, United States": Expected(
        _person(Stage.MEDICAL_STUDENT, "US", Degree.BACHELOR),
        ("alder-medical-student-research-year", "cardamom-surgical-elective-kenya", "medical-student-elective-cusco"),
        ("sandhill-nurse-scholar-award", "larkspur-global-surgery-fellowship", "high-school-healthcare-internship"),
    ),
    "medical student, Kenya": Expected(
        _person(Stage.MEDICAL_STUDENT, "KE", Degree.NONE),
        ("cardamom-surgical-elective-kenya", "lindenau-digital-health-placement", "refugee-health-medical-students"),
        ("alder-medical-student-research-year", "alder-mentored-implementation", "northmere-amr-postdoc"),
    ),
    "registered nurse, United States": Expected(
        _person(Stage.EARLY_CAREER, "US", Degree.BACHELOR, Profession.NURSE),
        ("sandhill-nurse-scholar-award", "lantern-house-nursing-leadership", "data-for-nurse-managers"),
        ("alder-medical-student-research-year", "brightwater-nurse-mobility", "high-school-healthcare-internship"),
    ),
    "registered nurse, Norway": Expected(
        _person(Stage.MID_CAREER, "NO", Degree.BACHELOR, Profession.NURSE),
        ("lantern-house-nursing-leadership",),
        ("brightwater-nurse-mobility", "sandhill-nurse-scholar-award", "open-ward-observership"),
    ),
    "registered nurse, Finland": Expected(
        _person(Stage.MID_CAREER, "FI", Degree.BACHELOR, Profession.NURSE),
        ("brightwater-nurse-mobility", "data-for-nurse-managers"),
        ("sandhill-nurse-scholar-award", "cinderford-global-health-fellowship"),
    ),
    "surgeon, Uganda": Expected(
        _person(Stage.EARLY_CAREER, "UG", Degree.MEDICAL, Profession.PHYSICIAN),
        ("larkspur-global-surgery-fellowship", "cinderford-global-health-fellowship", "tropical-surgery-short-course"),
        ("bluebell-shadowing-scholarship", "alder-postdoctoral-stewardship", "sandhill-nurse-scholar-award"),
    ),
    "postdoc, Germany": Expected(
        _person(Stage.POSTDOC, "DE", Degree.DOCTORATE, Profession.RESEARCHER),
        ("northmere-amr-postdoc", "msca-postdoctoral-sample"),
        ("larkspur-global-surgery-fellowship", "high-school-healthcare-internship", "marigold-women-health-leaders"),
    ),
    "pupil, United States": Expected(
        _person(Stage.HIGH_SCHOOL, "US", Degree.NONE),
        ("high-school-healthcare-internship",),
        ("alder-medical-student-research-year", "lantern-house-nursing-leadership", "northmere-amr-postdoc"),
    ),
    "pre-medical student, United States": Expected(
        _person(Stage.PRE_MED, "US", Degree.NONE),
        ("bluebell-shadowing-scholarship", "pre-medicine-internship-mombasa"),
        ("sandhill-nurse-scholar-award", "marigold-women-health-leaders", "alder-postdoctoral-stewardship"),
    ),
    "pre-medical student, Kenya": Expected(
        _person(Stage.PRE_MED, "KE", Degree.NONE),
        ("pre-medicine-internship-mombasa",),
        ("bluebell-shadowing-scholarship", "harbour-digital-health-internships"),
    ),
    "undergraduate, France": Expected(
        _person(Stage.UNDERGRADUATE, "FR", Degree.NONE),
        ("harbour-digital-health-internships",),
        ("cinderford-global-health-fellowship", "northmere-amr-postdoc", "sandhill-nurse-scholar-award"),
    ),
    "undergraduate, Brazil": Expected(
        _person(Stage.UNDERGRADUATE, "BR", Degree.NONE),
        ("pre-medicine-internship-mombasa",),
        ("harbour-digital-health-internships", "saltmarsh-commonwealth-digital-health"),
    ),
    "public health professional, Nigeria": Expected(
        _person(Stage.MID_CAREER, "NG", Degree.MASTER, Profession.PUBLIC_HEALTH),
        ("marigold-women-health-leaders", "cinderford-global-health-fellowship", "tamarind-health-equity-fellowship"),
        ("bluebell-shadowing-scholarship", "brightwater-nurse-mobility"),
    ),
    "physician, Brazil": Expected(
        _person(Stage.EARLY_CAREER, "BR", Degree.MEDICAL, Profession.PHYSICIAN),
        ("larkspur-global-surgery-fellowship", "cinderford-global-health-fellowship", "open-ward-observership"),
        ("saltmarsh-commonwealth-digital-health", "marigold-women-health-leaders", "alder-mentored-implementation"),
    ),
}
