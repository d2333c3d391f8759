/** The page's words. The API sends codes; what a mentor reads is here, in one place. */

/** @type {Record<string, string>} */
export const KIND = { fellowship: "Fellowship", internship: "Internship", workshop: "Workshop", journal_call: "Journal call" };

/** @type {Record<string, string>} */
export const STATUS = {
  upcoming: "Not open yet",
  open: "Open",
  closing_soon: "Closing soon",
  closed: "Closed",
  rolling: "Rolling",
  expected: "Expected",
  unknown: "No deadline found",
  withdrawn: "Withdrawn",
};

/** @type {Record<string, string>} */
export const VERDICT = { eligible: "May apply", ineligible: "May not apply", unknown: "Cannot tell yet" };

/** @type {Record<string, string>} */
export const FUNDING = { full: "Fully funded", stipend: "Pays a stipend", travel: "Pays travel", none: "Unpaid", fee: "Costs a fee", unknown: "Funding not stated" };

/** @type {Record<string, string>} */
export const STAGE = {
  high_school: "High school",
  undergraduate: "Undergraduate",
  pre_med: "Pre-med",
  medical_student: "Medical student",
  other_health_student: "Other health student",
  graduate_student: "Graduate student",
  resident: "Resident",
  fellow: "Fellow",
  postdoc: "Postdoc",
  early_career: "Early career",
  mid_career: "Mid career",
  senior: "Senior",
};

/** @type {Record<string, string>} */
export const DELIVERY = {
  held: "About to be sent",
  queued: "Waiting to be sent",
  sent: "Sent",
  copied: "Copied by you",
  undone: "Undone",
  failed: "Could not be sent",
  unknown: "May have been sent",
};

/** @type {Record<string, string>} */
export const ANSWER = {
  interested: "Interested",
  not_for_me: "Not for me",
  applied: "Applied",
  accepted: "Accepted",
  rejected: "Not accepted",
  remind_me: "Remind me later",
};

/** @type {Record<string, string>} */
export const DISMISS = {
  wrong_topic: "Wrong topic",
  wrong_kind: "Wrong kind",
  wrong_place: "Wrong place",
  too_junior: "Too junior for them",
  too_senior: "Too senior for them",
  too_late: "Too little time",
  too_expensive: "Too expensive",
  not_trusted: "Not trusted",
  other: "Another reason",
};

/** @type {Record<string, string>} */
export const PURPOSE = {
  application: "Apply",
  abstract: "Abstract",
  letter_of_intent: "Letter of intent",
  nomination: "Nomination",
  paper: "Paper",
  registration: "Register",
  other: "Other date",
};

/** @type {Record<string, string>} */
export const DEGRADED = {
  model_unavailable: "The language model is not available, so this list is ranked by words alone.",
  index_missing: "The calls have not been indexed yet, so this list is ranked by words alone.",
  index_incomplete: "Some new calls are not indexed yet and are ranked by words alone.",
  index_of_another_model: "The index was made with another model, so this list is ranked by words alone.",
  goals_not_embedded: "Some goals are new and are ranked by words alone for now.",
};

/** @type {Record<string, string>} */
export const REVIEW = { waiting: "Waiting", accepted: "Right as read", mended: "Put right", refused: "Refused" };
