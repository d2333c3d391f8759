/** One row of a mentee's list: what, by when, why for her, may she apply, and what to do about it. */
import { useState } from "preact/hooks";
import { day } from "../format.js";
import { html } from "../html.js";
import { DISMISSALS } from "../vocabulary.js";
import { listed, t } from "../words.js";
import { Eligibility } from "./eligibility.js";
import { Deadline, Facts, Outward } from "./facts.js";
import { Marked } from "./marked.js";
import { focusRowSoon, focused } from "./shortcuts.js";
import { Snooze } from "./snooze.js";

/** @typedef {import("../api.js").Schemas} Schemas */
/** @typedef {(decision: {kind: string, reason?: string, until?: string} | null, words: string) => void} Decide null: there is none any more */

/** @param {{item: Schemas["RecommendationView"], now: Date, forward: () => void, decide: Decide} & import("./eligibility.js").Teller} props */
export function Recommendation({ item, now, forward, decide, mentee, told }) {
  const row = item.opportunity;
  return html`<li class="row">
    <article aria-labelledby=${`title-${row.id}`}>
      <div class="offer">
        <div>
          <p class="kicker">${t(`kind.${row.kind}`)} · ${row.organisation || t("organisation.unknown")}</p>
          <h3 id=${`title-${row.id}`}><a href=${`/opportunities/${row.id}`}>${row.title}</a></h3>
          <${Why} item=${item} />
          <${Eligibility} eligibility=${item.eligibility} opportunityId=${row.id} mentee=${mentee} told=${told} />
          ${item.sent.map((sent) => html`<p class="notice mind" key=${sent.forward_id}>${sentBefore(sent)}</p>`)}
        </div>
        <div class="when">
          <${Deadline} row=${row} now=${now} />
          <${Time} time=${item.time_left} />
          <${Facts} row=${row} now=${now} />
        </div>
      </div>
      <${Actions} item=${item} now=${now} forward=${forward} decide=${decide} />
    </article>
  </li>`;
}

/** @param {{item: Schemas["RecommendationView"], now: Date, forward: () => void, decide: Decide}} props */
function Actions({ item, now, forward, decide }) {
  const row = item.opportunity;
  const saved = item.decision?.kind === "saved";
  return html`<div class="actions">
    <button type="button" class="primary" aria-keyshortcuts="f" onClick=${forward}>${t("action.forward")}<span class="unseen"> ${row.title}</span></button>
    <button type="button" class=${saved ? "saved" : ""} aria-keyshortcuts="s" aria-pressed=${saved} onClick=${() => (saved ? decide(null, t("decision.undone")) : decide({ kind: "saved" }, t("decision.saved")))}>${t("action.save")}${saved && html`<span aria-hidden="true"> ✓</span>`}<span class="unseen"> ${row.title}</span></button>
    <${Snooze} row=${row} now=${now} decide=${decide} />
    <${Dismiss} decide=${decide} title=${row.title} />
    <${Outward} href=${row.url}>${row.host}<//>
  </div>`;
}

/** @param {{item: Schemas["RecommendationView"]}} props */
function Why({ item }) {
  const { match } = item;
  const warnings = item.reasons.filter(({ code }) => code === "warning");
  const learned = item.reasons.filter(({ code }) => code === "learned");
  const doubtful = item.trust.filter(({ side }) => side === "against");
  return html`<div class="why">
    ${match ? html`<p><${Marked} sentence=${match.sentence} words=${match.words} /></p><p class="serves">${t("why.serves", { goal: match.goal })}</p>` : html`<p>${item.line}</p>`}
    ${warnings.map((reason) => html`<p class="mind small" key=${reason.text}>${sentence(reason.text)}</p>`)}
    ${doubtful.map((reason) => html`<p class="mind small" key=${reason.code}>${reason.text}</p>`)}
    ${learned.map((reason) => html`<p class="quiet small" key=${reason.text}>${sentence(reason.text)}</p>`)}
  </div>`;
}

/**
 * The days left stand beside the deadline; here is what they are needed for.
 *
 * @param {{time: Schemas["TimeLeftView"]}} props
 */
function Time({ time }) {
  if (!time.steps.length || !time.start_by) return null;
  const values = { steps: listed(time.steps.map((step) => step.what)), day: day(time.start_by) };
  return html`<p class=${time.enough === false ? "mind" : "quiet"}>${time.enough === false ? t("why.little_time", values) : t("why.allow_time", values)}</p>`;
}

/** @param {string} words */
const sentence = (words) => words.charAt(0).toLocaleUpperCase() + words.slice(1) + (/[.!?]$/.test(words) ? "" : ".");

/** @param {{decide: Decide, title: string}} props */
export function Dismiss({ decide, title }) {
  const [asking, setAsking] = useState(false);
  const keep = () => {
    focusRowSoon(focused());
    setAsking(false);
  };
  if (!asking) return html`<button type="button" aria-keyshortcuts="e" onClick=${() => setAsking(true)}>${t("action.dismiss")}…<span class="unseen"> ${title}</span></button>`;
  return html`<fieldset class="dismiss" onKeyDown=${(/** @type {KeyboardEvent} */ event) => event.key === "Escape" && keep()}>
    <legend>${t("dismiss.why")}<span class="unseen"> ${title}</span></legend>
    ${DISMISSALS.map((reason, index) => {
      const words = t(`dismiss.${reason}`);
      return html`<button type="button" key=${reason} ref=${index ? undefined : focus} onClick=${() => decide({ kind: "dismissed", reason }, t("decision.dismissed", { reason: words }))}>${words}</button>`;
    })}
    <button type="button" class="plain" onClick=${keep}>${t("dismiss.keep")}</button>
  </fieldset>`;
}

/** @param {HTMLElement | null} element */
const focus = (element) => element?.focus();

/** @param {Schemas["SentMark"]} sent */
export function sentBefore(sent) {
  if (sent.same_opportunity) return sent.by ? t("sent.before_by", { name: sent.by.name }) : t("sent.before");
  return sent.by ? t("sent.edition_by", { name: sent.by.name }) : t("sent.edition");
}
