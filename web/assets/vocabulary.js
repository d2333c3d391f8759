/** The API's codes in the order in which a person chooses among them. Their words are in the catalogues. */

/** @typedef {import("./api.js").Schemas} Schemas */

/** @type {readonly Schemas["Kind"][]} */
export const KINDS = ["fellowship", "internship", "workshop", "journal_call"];

/** @type {readonly Schemas["CareerStage"][]} */
export const STAGES = ["high_school", "undergraduate", "pre_med", "medical_student", "other_health_student", "graduate_student", "resident", "fellow", "postdoc", "early_career", "mid_career", "senior"];

/** @type {readonly Schemas["DismissReason"][]} */
export const DISMISSALS = ["wrong_topic", "wrong_kind", "wrong_place", "too_junior", "too_senior", "too_late", "too_expensive", "not_trusted", "other"];

/** @type {readonly Schemas["ReplyAnswer"][]} */
export const ANSWERS = ["interested", "applied", "accepted", "rejected", "not_for_me", "remind_me"];
