/** One row of a mentee's list: what, by when, why for her, may she apply, and what to do about it. */
import { useState } from "preact/hooks";
import { day } from "../format.js";
import { html } from "../html.js";
import { DISMISS } from "../words.js";
import { Deadline, Eligibility, Facts } from "./facts.js";
import { Marked } from "./marked.js";

/** @typedef {import("../api.js").Schemas} Schemas */

/** @param {{item: Schemas["RecommendationView"], now: Date, forward: () => void, decide: (decision: {kind: string, reason?: string, until?: string}, words: string) => void}} props */
export function Recommendation({ item, now, forward, decide }) {
  const row = item.opportunity;
  const saved = item.decision?.kind === "saved";
  return html`<li class="row">
    <article aria-labelledby=${`title-${row.id}`}>
      <h3 id=${`title-${row.id}`}><a href=${`/opportunities/${row.id}`}>${row.title}</a></h3>
      <p class="quiet">${row.organisation || "Organisation not stated"}</p>
      <${Deadline} row=${row} now=${now} />
      <${Why} item=${item} />
      <${Eligibility} eligibility=${item.eligibility} />
      <${Facts} row=${row} now=${now} />
      ${item.sent.map((sent) => html`<p class="notice mind" key=${sent.forward_id}>${sent.same_opportunity ? "Sent before" : "Another edition was sent"}${sent.by ? ` by ${sent.by.name}` : ""}.</p>`)}
      <div class="actions">
        <button type="button" class="primary" onClick=${forward}>Forward<span class="unseen"> ${row.title}</span></button>
        <button type="button" disabled=${saved} onClick=${() => decide({ kind: "saved" }, "Saved.")}>${saved ? "Saved" : "Save"}</button>
        <button type="button" onClick=${() => decide({ kind: "snoozed", until: inDays(now, 7) }, "Snoozed for a week.")}>Snooze a week</button>
        <${Dismiss} decide=${decide} title=${row.title} />
        <a class="out" href=${row.url} target="_blank" rel="noopener noreferrer nofollow">${row.host}<span class="unseen"> (opens in a new tab)</span></a>
      </div>
    </article>
  </li>`;
}

/** @param {{item: Schemas["RecommendationView"]}} props */
function Why({ item }) {
  const { match } = item;
  const warnings = item.reasons.filter(({ code }) => code === "warning");
  const learned = item.reasons.filter(({ code }) => code === "learned");
  const doubtful = item.trust.filter(({ side }) => side === "against");
  return html`<div class="why">
    ${match
      ? html`<p><span class="quiet">Serves</span> ${match.goal}</p>
          <p><span class="quiet">It says</span> <${Marked} sentence=${match.sentence} words=${match.words} /></p>`
      : html`<p>${item.line}</p>`}
    <${Time} time=${item.time_left} />
    ${warnings.map((reason) => html`<p class="mind" key=${reason.text}>${sentence(reason.text)}</p>`)}
    ${doubtful.map((reason) => html`<p class="mind" key=${reason.code}>${reason.text}</p>`)}
    ${learned.map((reason) => html`<p class="quiet" key=${reason.text}>${sentence(reason.text)}</p>`)}
  </div>`;
}

/**
 * The days left stand beside the deadline; here is what they are needed for.
 *
 * @param {{time: Schemas["TimeLeftView"]}} props
 */
function Time({ time }) {
  if (!time.steps.length || !time.start_by) return null;
  const steps = time.steps.map((step) => step.what).join(", ");
  return html`<p class=${time.enough === false ? "mind" : "quiet"}>
    ${time.enough === false ? "Little time for" : "Allow time for"} ${steps}; begin by ${day(time.start_by)} <span class="quiet">(our estimate)</span>
  </p>`;
}

/** @param {string} words */
const sentence = (words) => words.charAt(0).toLocaleUpperCase() + words.slice(1) + (/[.!?]$/.test(words) ? "" : ".");

/** @param {{decide: (decision: {kind: string, reason?: string}, words: string) => void, title: string}} props */
function Dismiss({ decide, title }) {
  const [asking, setAsking] = useState(false);
  if (!asking) return html`<button type="button" onClick=${() => setAsking(true)}>Dismiss…</button>`;
  return html`<fieldset class="dismiss">
    <legend class="unseen">Why is ${title} not for them?</legend>
    ${Object.entries(DISMISS).map(
      ([reason, words]) => html`<button type="button" key=${reason} onClick=${() => decide({ kind: "dismissed", reason }, `Dismissed: ${words.toLowerCase()}.`)}>${words}</button>`,
    )}
    <button type="button" class="plain" onClick=${() => setAsking(false)}>Keep it</button>
  </fieldset>`;
}

/** @param {Date} now @param {number} days */
const inDays = (now, days) => new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10);
