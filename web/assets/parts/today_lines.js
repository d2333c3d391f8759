/**
 * What a mentor's day says about one mentee, as lines of one shape: the most pressing first. That is, of what changed or is
 * due, what can be done for the shortest time.
 *
 * @typedef {import("../api.js").Schemas} Schemas
 * @typedef {"changed" | "due" | "unanswered" | "new"} Section
 * @typedef {{
 *   key: string, section: Section, mentee: Schemas["Person"], opportunity: Schemas["ForwardedOpportunity"], forwardId: string | null,
 *   change?: Schemas["ChangedItem"], due?: Schemas["DueItem"], silent?: Schemas["UnansweredItem"], fresh?: Schemas["NewItem"],
 * }} Line one of the last four is there, by its section
 */

/** @type {readonly Section[]} */
export const SECTIONS = ["changed", "due", "unanswered", "new"];

/**
 * @param {Schemas["MenteeToday"]} one
 * @returns {Line[]}
 */
export const linesOf = ({ mentee, changed, due, unanswered, new: fresh }) => [
  ...[
    ...changed.map((change) => line("changed", change.notice_id, mentee, change, { change, forwardId: change.forward_id })),
    ...due.map((item) => line("due", item.reminder_id ?? `${item.because}-${item.opportunity.id}`, mentee, item, { due: item, forwardId: item.forward_id })),
  ].sort((a, b) => actBy(a).localeCompare(actBy(b))),
  ...unanswered.map((silent) => line("unanswered", silent.forward_id, mentee, silent, { silent, forwardId: silent.forward_id })),
  ...fresh.map((item) => line("new", item.opportunity.id, mentee, item, { fresh: item })),
];

/** Nobody can go for it any more. @param {Schemas["ForwardedOpportunity"]} opportunity */
export const isOver = ({ status }) => status === "closed" || status === "withdrawn";

/** Until when something can be done about it, as the API orders mentees: what is over, behind what closes on no day. @param {Line} line */
const actBy = ({ opportunity }) => (isOver(opportunity) ? "over" : (opportunity.closes_at ?? "never"));

/**
 * @param {Section} section @param {string} id @param {Schemas["Person"]} mentee
 * @param {{opportunity: Schemas["ForwardedOpportunity"]}} item @param {Partial<Line>} more
 * @returns {Line}
 */
const line = (section, id, mentee, { opportunity }, more) => ({ key: `${section}-${mentee.id}-${id}`, section, mentee, opportunity, forwardId: null, ...more });

/**
 * The day when a line is dealt with; a mentee of whom nothing is left is gone from it.
 *
 * @param {Schemas["TodayPage"]} page
 * @param {Line} gone
 * @returns {Schemas["TodayPage"]}
 */
export function listWithout(page, gone) {
  if (!page.items.some((one) => linesOf(one).some(({ key }) => key === gone.key))) return page; // it knows already
  const items = page.items.map((one) => (one.mentee.id === gone.mentee.id ? without(one, gone) : one));
  const left = items.filter(({ counts }) => SECTIONS.some((section) => counts[section] > 0));
  return { ...page, items: left, total: page.total - items.length + left.length, counts: less(page.counts, gone.section) };
}

/** @param {Schemas["MenteeToday"]} one @param {Line} gone @returns {Schemas["MenteeToday"]} */
function without(one, gone) {
  const left = linesOf(one).filter(({ key }) => key !== gone.key);
  return {
    ...one,
    counts: less(one.counts, gone.section),
    changed: left.flatMap(({ change }) => change ?? []),
    due: left.flatMap(({ due }) => due ?? []),
    unanswered: left.flatMap(({ silent }) => silent ?? []),
    new: left.flatMap(({ fresh }) => fresh ?? []),
  };
}

/** @param {Schemas["TodayCounts"]} counts @param {Section} section */
const less = (counts, section) => ({ ...counts, [section]: Math.max(0, counts[section] - 1) });
