/** Putting a call aside: for a week at one press, or until one of a few other days that make sense for it. */
import { useState } from "preact/hooks";
import { day } from "../format.js";
import { html } from "../html.js";
import { t } from "../words.js";
import { focusRowSoon, focused } from "./shortcuts.js";

/** @typedef {import("../api.js").Schemas} Schemas */
/** @typedef {{until: string, words: string}} End */

const DAY = 86_400_000;
const FORTNIGHT = 14;

/** @param {Date} now @param {number} days */
const inDays = (now, days) => new Date(now.getTime() + days * DAY).toISOString().slice(0, 10);

/**
 * When it comes back, the usual end first: a week, or a day where it closes within that. Nothing is offered that
 * would bring it back when it is over: nothing at all on its last day.
 *
 * @param {Pick<Schemas["OpportunityRow"], "opens" | "closes_at">} row
 * @param {Date} now
 * @returns {End[]}
 */
export function endsOf({ opens, closes_at: closes }, now) {
  const last = closes?.slice(0, 10) ?? "9999";
  if (inDays(now, 1) > last) return [];
  const usual = inDays(now, 7) < last ? { until: inDays(now, 7), words: t("action.snooze") } : { until: inDays(now, 1), words: t("action.snooze_day") };
  const opening = opens?.on && opens.precision !== "month" ? opens.on : "";
  const before = closes ? inDays(new Date(closes), -FORTNIGHT) : "";
  const others = [
    { until: inDays(now, 30), words: t("snooze.month") },
    { until: opening, words: opening && t("snooze.opens", { day: day(opening) }) },
    { until: before, words: before && t("snooze.before", { day: day(before) }) },
  ];
  return [usual, ...others.filter(({ until }) => until > usual.until && until < last).sort((a, b) => a.until.localeCompare(b.until))];
}

/** @param {{row: Schemas["OpportunityRow"], now: Date, decide: import("./recommendation.js").Decide}} props */
export function Snooze({ row, now, decide }) {
  const [choosing, setChoosing] = useState(false);
  const [usual, ...others] = endsOf(row, now);
  if (!usual) return null;
  /** @param {End} end */
  const snooze = (end) => decide({ kind: "snoozed", until: end.until }, t("decision.snoozed", { day: day(end.until) }));
  const close = () => (focusRowSoon(focused()), setChoosing(false));
  const of = html`<span class="unseen"> ${row.title}</span>`;
  return html`<span class="split"><button type="button" onClick=${() => snooze(usual)}>${usual.words}${of}</button>
      ${others.length > 0 && html`<button type="button" aria-expanded=${choosing} onClick=${() => setChoosing(!choosing)}><span aria-hidden="true">▾</span><span class="unseen">${t("snooze.until")}</span>${of}</button>`}</span>
    ${choosing && html`<fieldset class="dismiss" onKeyDown=${(/** @type {KeyboardEvent} */ event) => event.key === "Escape" && close()}>
      <legend>${t("snooze.until")}${of}</legend>
      ${others.map((end, index) => html`<button type="button" key=${end.until} ref=${index ? undefined : focus} onClick=${() => snooze(end)}>${end.words}</button>`)}
      <button type="button" class="plain" onClick=${close}>${t("action.cancel")}</button>
    </fieldset>`}`;
}

/** @param {HTMLElement | null} element */
const focus = (element) => element?.focus();
