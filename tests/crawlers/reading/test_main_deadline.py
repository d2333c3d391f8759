"""Which date is the main deadline, on short pages of the hard kinds that calls show.

Each page is a title, its markup, and the day that a careful person would note, or none.
"""

import datetime as dt

import pytest

from catalog.words import Precision
from crawlers.reading.deadlines import deadlines_in
from crawlers.reading.parsing import parse_html

PAGES = [
    ('Summer Internship 2027', '<p>Applications due November 15.</p>', '2026-11-15'),
    ('Fellowship', '<p>Posted: March 3, 2027</p><p>Apply by April 9.</p>', '2027-04-09'),
    ('Fellowship', '<p>Spring 2027 applications now open, priority deadline January 26</p>', '2027-01-26'),
    ('Fellowship', '<p>Fall 2027 cohort: apply by March 1.</p>', '2027-03-01'),
    ('Fellowship', '<p>Applications for the Summer 2027 program are due December 1.</p>', '2026-12-01'),
    ('Fellowship', '<p>Early application deadline: 1 March 2027. Final deadline: 1 May 2027.</p>', '2027-05-01'),
    ('Fellowship', '<p>Priority deadline: 1 March 2027</p><p>Regular deadline: 1 May 2027</p>', '2027-05-01'),
    ('Fellowship', '<p>Round 1 deadline: 1 March 2027</p><p>Round 2 deadline: 1 May 2027</p>', '2027-03-01'),
    ('Fellowship', '<h2>Deadlines</h2><ul><li>International applicants: 1 February 2027</li><li>Domestic applicants: 1 April 2027</li></ul>', '2027-02-01'),
    ('Fellowship', '<p>Letters of recommendation are due by 8 May 2027. Applications are due by 1 May 2027.</p>', '2027-05-01'),
    ('Fellowship', '<p>Reference letters must be submitted by May 8, 2027; the application itself by May 1, 2027.</p>', '2027-05-01'),
    ('Fellowship', '<p>Questions about the application should be emailed by 20 April 2027. The deadline is 1 May 2027.</p>', '2027-05-01'),
    ('Fellowship', '<p>Webinar for applicants: register by 3 April 2027. Application deadline 1 May 2027</p>', '2027-05-01'),
    ('Fellowship', '<p>Applicants must hold a PhD by 1 October 2027. Apply by 1 May 2027.</p>', '2027-05-01'),
    ('Fellowship', '<p>The successful applicant will start by 1 October 2027.</p>', None),
    ('Fellowship', '<p>Candidates should be available to start on or before 1 October 2027.</p>', None),
    ('Fellowship', '<p>Applications are reviewed on a rolling basis until May 1, 2027.</p>', '2027-05-01'),
    ('Fellowship', '<p>Review of applications will begin on May 1, 2027 and continue until the position is filled.</p>', None),
    ('Fellowship', '<p>For full consideration, apply by May 1, 2027. Applications will be accepted until the position is filled.</p>', '2027-05-01'),
    ('Fellowship', '<p>To receive full consideration, applications should be submitted by May 1, 2027.</p>', '2027-05-01'),
    ('Fellowship', '<p>Decisions will be made by June 1, 2027. Offers must be accepted by June 15, 2027.</p>', None),
    ('Fellowship', '<p>Deadline: mid-March 2027</p>', None),
    ('Fellowship', '<p>Deadline: early May</p>', None),
    ('Fellowship', '<p>Applications open in Spring 2027.</p>', None),
    ('Fellowship', '<p>The next deadline will be in October 2027.</p>', None),
    ('Fellowship', '<p>Deadline: 31 December 2099</p>', None),
    ('Fellowship', '<p>Deadline: 01/01/1970</p>', None),
    ('Fellowship', '<p>Closing date: 9999-12-31</p>', None),
    ('Fellowship', '<p>Deadline: TBA (2026 deadline was 1 May 2026)</p>', None),
    ('Fellowship', '<p>The deadline for the 2026 competition was 1 May 2026. The 2027 competition will open in January 2027.</p>', None),
    ('Fellowship', "<p>Last year's deadline was 1 May 2026.</p>", None),
    ('Fellowship', '<p>The 2026 deadline has passed (1 May 2026). Check back for 2027.</p>', None),
    ('Workshop', '<h2>Important dates</h2><table><tr><th>Event</th><th>Date</th></tr><tr><td>Submission</td><td>1 May 2027</td></tr><tr><td>Notification</td><td>1 June 2027</td></tr><tr><td>Registration</td><td>10 June 2027</td></tr></table>', '2027-05-01'),
    ('Workshop', '<h2>Important dates</h2><p>Submission of abstracts<br>1 May 2027</p><p>Notification<br>1 June 2027</p>', '2027-05-01'),
    ('Workshop', '<h2>Important Dates</h2><p><strong>May 1, 2027</strong> Abstract submission<br><strong>June 1, 2027</strong> Notification<br><strong>July 1, 2027</strong> Camera ready</p>', '2027-05-01'),
    ('Workshop', '<h2>Important Dates</h2><ul><li>1 May: Submissions due</li><li>1 June: Notification</li><li>10-12 September 2027: Workshop</li></ul>', '2027-05-01'),
    ('Workshop 2027', '<p>Submission deadline: Dec 1</p><p>Workshop: March 5-6, 2027</p>', '2026-12-01'),
    ('Workshop', '<p>Registration: €200 until 1 May 2027, €300 afterwards</p>', None),
    ('Workshop', '<p>Early bird until 1 May 2027</p><p>Registration closes 1 June 2027</p>', '2027-06-01'),
    ('Call for Papers', '<p>Regular papers: May 1, 2027 (AoE)<br>Short papers: May 15, 2027 (AoE)<br>Notification: June 1, 2027</p>', '2027-05-01'),
    ('Call for Papers', '<p><b>Deadlines:</b><br>Abstract: April 24, 2027<br>Paper: May 1, 2027<br>Rebuttal: June 1-5, 2027<br>Decision: June 20, 2027</p>', '2027-05-01'),
    ('Call for Papers', '<p>Abstracts due April 24, 2027; full papers due May 1, 2027; notification June 20, 2027.</p>', '2027-05-01'),
    ('Special issue', '<p>Submission window: 1 January 2027 - 1 May 2027<br>Expected publication: December 2027</p>', '2027-05-01'),
    ('Special issue', '<p>Manuscript Due: 1 May 2027<br>First Round of Reviews: 1 July 2027<br>Publication Date: 1 September 2027</p>', '2027-05-01'),
    ('Special issue', '<p>Submission Status: Open<br>Submission deadline: Friday, 01 May 2027</p>', '2027-05-01'),
    ('Special issue', '<p>Open for submissions from 1 January 2027 to 1 May 2027</p>', '2027-05-01'),
    ('Special issue', '<p>Submit your manuscript by 1 May 2027 to be considered. Articles are published as soon as accepted.</p>', '2027-05-01'),
    ('Special issue', '<p>Deadline for submission of manuscripts: May 1, 2027<br>Deadline for revised manuscripts: August 1, 2027</p>', '2027-05-01'),
    ('Fellowship', '<p>Application deadline: Friday 1st May 2027 at 23:59 (BST)</p>', '2027-05-01'),
    ('Fellowship', '<p>Deadline: 05/01/2027 11:59 PM EST</p>', '2027-05-01'),
    ('Fellowship', '<p>Deadline: 1.5.2027</p>', '2027-05-01'),
    ('Fellowship', '<p>Deadline: 2027/05/01</p>', '2027-05-01'),
    ('Fellowship', '<p>Deadline: May 1st 2027</p>', '2027-05-01'),
    ('Fellowship', '<p>Deadline: 1-May-2027</p>', '2027-05-01'),
    ('Fellowship', '<p>Deadline: 1-May-27</p>', '2027-05-01'),
    ('Fellowship', '<p>Deadline: 01-MAY-2027 17:00 Hrs</p>', '2027-05-01'),
    ('Fellowship', '<p>Deadline: Sat, May 01, 2027</p>', '2027-05-01'),
    ('Fellowship', '<p>Deadline: the 1st of May, 2027</p>', '2027-05-01'),
    ('Fellowship', '<p>Deadline: 2027 May 1</p>', '2027-05-01'),
    ('Fellowship', '<p>Deadline: 11:59 PM Eastern Time on May 1, 2027</p>', '2027-05-01'),
    ('Fellowship', '<p>Deadline May 1, 2027 0:00 midnight GMT</p>', '2027-05-01'),
    ('Fellowship', '<p>Deadline: 23.59 CEST, 1 May 2027</p>', '2027-05-01'),
    ('Fellowship', '<p>Applications for 2027-2028 are open. Deadline: May 1, 2027.</p>', '2027-05-01'),
    ('Fellowship', '<p>Academic year 2027/28: apply between 1 March and 1 May 2027</p>', '2027-05-01'),
    ('Fellowship', '<p>Applications are accepted between March 1 and May 1 each year.</p>', None),
    ('Fellowship', '<p>Applications are accepted each year from 1 March to 1 May.</p>', None),
    ('Fellowship', '<p>Annual deadline: May 1</p>', None),
    ('Fellowship', '<p>Deadlines: 1 February, 1 June and 1 October of each year.</p>', None),
    ('Fellowship', '<p>Deadlines: 1 February 2027, 1 June 2027, and 1 October 2027</p>', '2027-02-01'),
    ('Elective', '<p>Apply at least 12 weeks before the start of your elective.</p>', None),
    ('Scholarship', '<p>The scholarship deadline is 1 May 2027 and the admission deadline is 1 March 2027.</p>', '2027-05-01'),
    ('Conference', '<p>Scholarship applications close 1 March 2027</p><p>Abstract submissions close 1 May 2027</p><p>Early bird closes 1 July 2027</p>', '2027-05-01'),
    ('Fellowship', '<p>Letter of intent due 1 March 2027. Full application (by invitation) due 1 May 2027.</p>', '2027-05-01'),
    ('Fellowship', '<p>Pre-application: 1 March 2027<br>Full application: 1 May 2027</p>', '2027-05-01'),
    ('Fellowship', '<p>Stage 1 deadline: 1 March 2027<br>Stage 2 deadline: 1 May 2027</p>', '2027-03-01'),
    ('Job', '<p>Job ID 2027-0501 | Posted 12 Mar 2027 | Closes 1 May 2027</p>', '2027-05-01'),
    ('Job', '<p>Date posted: 12/03/2027 Closing date: 13/05/2027</p>', '2027-05-13'),
    ('Job', '<p>Contract until 1 May 2028, full time</p>', None),
    ('Job', '<p>Advert expires: Thursday 1 May 2027</p>', '2027-05-01'),
    ('Event', '<p>Sat 1 May 2027, 10:00 – 16:00</p><p>Register now</p>', None),
    ('Event', '<p>Registration for the course on 1 May 2027 is open.</p>', None),
    ('Event', '<p>Register for the 1 May 2027 webinar</p>', None),
    ('Event', '<p>Registration required: 1 May 2027, 2-4pm</p>', None),
    ('Event', '<p>Please register by emailing us before the event on 1 May 2027.</p>', None),
    ('Event', '<p>RSVP by April 20, 2027 for the dinner on May 1, 2027</p>', '2027-04-20'),
]  # fmt: skip


def main_day(title: str, markup: str) -> str | None:
    page = f"<html lang=en><title>{title}</title><main><h1>{title}</h1>{markup}</main></html>"
    main = deadlines_in(parse_html(page)).main
    return str(main.on) if main and main.on and main.precision is not Precision.MONTH else None


@pytest.mark.parametrize(("title", "markup", "deadline"), PAGES)
def test_the_main_deadline_is_the_one_a_careful_person_notes(title: str, markup: str, deadline: str | None) -> None:
    assert main_day(title, markup) == deadline


TWO_STAGES = """<h2>Important dates</h2><p>Abstract submission: 1 March 2027</p><p>Notification of acceptance: 1 May 2027</p>
<p>Full papers due: 1 August 2027</p>"""


def test_a_paper_asked_for_after_acceptance_is_due_from_those_accepted() -> None:
    assert main_day("Example Conference", TWO_STAGES) == "2027-03-01"


def test_a_later_round_of_the_same_thing_stays_open_to_newcomers() -> None:
    rounds = """<p>First round deadline: 1 March 2027</p><p>Notification: 1 May 2027</p><p>Second round deadline: 1 August 2027</p>"""
    page = parse_html(f"<html lang=en><title>Example Fellowship</title><main>{rounds}</main></html>")
    main = deadlines_in(page, as_of=dt.date(2027, 6, 1)).main
    assert main is not None
    assert main.on == dt.date(2027, 8, 1)


def test_the_start_of_submission_is_no_deadline() -> None:
    listed = "<p>Submission Start Date: 15 February 2027</p><p>Submission Deadline: 15 March 2027</p>"
    reading = deadlines_in(parse_html(f"<html lang=en><title>Call for papers</title><main>{listed}</main></html>"))
    assert [deadline.on for deadline in reading.deadlines] == [dt.date(2027, 3, 15)]
    assert reading.opens is not None
    assert reading.opens.on == dt.date(2027, 2, 15)


def test_asking_for_a_mentor_is_beside_the_paper() -> None:
    listed = (
        "<p>March 1, 2027 - Deadline for requesting mentors</p><p>May 1, 2027 - Technical paper submission deadline</p>"
    )
    assert main_day("Call for papers", listed) == "2027-05-01"
