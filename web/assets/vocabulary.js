/** The API's codes in the order in which a person chooses among them. Their words are in the catalogues. */

/** @typedef {import("./api.js").Schemas} Schemas */

/** @type {readonly Schemas["Kind"][]} */
export const KINDS = ["fellowship", "internship", "workshop", "journal_call"];

/** @type {readonly Schemas["CareerStage"][]} */
export const STAGES = ["high_school", "undergraduate", "pre_med", "medical_student", "other_health_student", "graduate_student", "resident", "fellow", "postdoc", "early_career", "mid_career", "senior"];

/** @type {readonly Schemas["DismissReason"][]} */
export const DISMISSALS = ["wrong_topic", "wrong_kind", "wrong_place", "too_junior", "too_senior", "too_late", "too_expensive", "not_trusted", "other"];

/** @type {readonly Schemas["Profession"][]} */
export const PROFESSIONS = ["physician", "nurse", "midwife", "dentist", "pharmacist", "physician_assistant", "public_health", "allied_health", "researcher", "health_professional", "other"];

/** @type {readonly Schemas["Degree"][]} */
export const DEGREES = ["none", "bachelor", "master", "medical", "doctorate"];

/** @type {readonly Schemas["Horizon"][]} */
export const HORIZONS = ["this_year", "next_year", "later"];

/** Every country one can be a citizen of (ISO 3166-1, and Kosovo). */
export const COUNTRIES = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW".split(" ");

/** @type {readonly Schemas["ReplyAnswer"][]} */
export const ANSWERS = ["interested", "applied", "accepted", "rejected", "not_for_me", "remind_me"];

/** @type {readonly Schemas["DeliveryState"][]} */
export const DELIVERIES = ["held", "queued", "sent", "copied", "failed", "unknown", "undone"];
