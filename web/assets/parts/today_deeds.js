/**
 * What a mentor does about a line of the day without opening anything, each with the step that takes it back.
 *
 * @typedef {import("../api.js").Schemas} Schemas
 * @typedef {import("./today_lines.js").Line} Line
 * @typedef {{words: string, undo: () => Promise<unknown>}} Done
 */
import { call } from "../api.js";
import { t } from "../words.js";
import { isOver } from "./today_lines.js";

const WEEK = 7;

/** @param {string} on a date @param {number} days @returns {string} the date so many days later */
const daysAfter = (on, days) => new Date(Date.parse(`${on}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/**
 * For how many days a line is put off: a week, or to the next day when it closes within that and is not over yet.
 *
 * @param {Line} line @param {string} on the mentor's date
 */
export const putOffFor = ({ opportunity }, on) => (!isOver(opportunity) && opportunity.closes_at && opportunity.closes_at.slice(0, 10) <= daysAfter(on, WEEK) ? 1 : WEEK);

/**
 * Hear of it again later: what is new or was put aside is put aside, a reminder is moved, of the rest the mentor is reminded.
 *
 * @param {Line} line @param {string} on @returns {Promise<Done>}
 */
export async function later(line, on) {
  const days = putOffFor(line, on);
  const until = daysAfter(on, days);
  const words = t("today.put_off", { count: days });
  if (line.due?.reminder_id) return { words, undo: await moveReminder(line.due.reminder_id, until, on) };
  if (line.fresh || line.due?.because === "snooze_over") return decide(line, { kind: "snoozed", until }, words);
  const body = { mentee_id: line.mentee.id, opportunity_id: line.opportunity.id, basis: "date", remind_on: until };
  const made = await call("POST", "/reminders", { body });
  const seen = line.change ? await seenTo(line.change.notice_id) : null;
  return { words, undo: () => Promise.all([call("DELETE", `/reminders/${made.id}`), seen?.()]) };
}

/** It is dealt with: a change that was seen to, a reminder that is done. @param {Line} line @returns {Promise<Done>} */
export async function done(line) {
  const words = t("today.seen_to");
  if (line.change) return { words, undo: await seenTo(line.change.notice_id) };
  const reminder = /** @type {Schemas["ReminderView"]} */ (await call("GET", `/reminders/${line.due?.reminder_id}`));
  return { words, undo: await changeReminder(reminder, { done: true }, { done: false }) };
}

/** @param {Line} line @param {{kind: string, reason?: string, until?: string}} decision @param {string} words @returns {Promise<Done>} */
export async function decide({ mentee, opportunity, due }, decision, words) {
  const path = `/mentees/${mentee.id}/decisions`;
  await call("POST", path, { body: { opportunity_id: opportunity.id, ...decision } });
  return { words, undo: due ? () => asBefore(path, opportunity.id, due) : () => call("DELETE", `${path}/${opportunity.id}`) };
}

/** What had been saved or put aside is so again; to the API a day is over when it is in UTC. @param {string} path @param {string} id @param {Schemas["DueItem"]} due */
function asBefore(path, id, due) {
  const today = new Date().toISOString().slice(0, 10);
  const before = due.because === "snooze_over" ? { kind: "snoozed", until: today } : { kind: "saved" };
  return call("POST", path, { body: { opportunity_id: id, ...before } });
}

/** @param {string} noticeId @returns {Promise<() => Promise<unknown>>} */
async function seenTo(noticeId) {
  await call("POST", `/notices/${noticeId}/done`);
  return () => call("DELETE", `/notices/${noticeId}/done`);
}

/** @param {string} id @param {string} until @param {string} on */
async function moveReminder(id, until, on) {
  const reminder = /** @type {Schemas["ReminderView"]} */ (await call("GET", `/reminders/${id}`));
  return changeReminder(reminder, { when: { basis: "date", remind_on: until } }, { when: { basis: "date", remind_on: on } });
}

/** @param {Schemas["ReminderView"]} reminder @param {object} to @param {object} back */
async function changeReminder({ id, version }, to, back) {
  const changed = await call("PATCH", `/reminders/${id}`, { body: to, version });
  return () => call("PATCH", `/reminders/${id}`, { body: back, version: changed.version });
}
