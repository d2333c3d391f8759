/** One thing that was forwarded: where its message is, what came of it, and what can be done about either. */
import { useEffect, useState } from "preact/hooks";
import { call } from "../api.js";
import { distance } from "../format.js";
import { html } from "../html.js";
import { rich, t } from "../words.js";
import { Deadline } from "./facts.js";
import { Quote } from "./marked.js";
import { say } from "./toast.js";

/** @typedef {import("../api.js").Schemas} Schemas */
/** @typedef {"answer" | "remind" | "notes"} What */

const SECOND = 1000;
const LOOKS = 12;

/**
 * @param {{forward: Schemas["ForwardView"], step: (forward: Schemas["ForwardView"], what: "undo" | "retry" | "copied") => void,
 *   open: (what: What, forward: Schemas["ForwardView"]) => void, changed: (forward: Schemas["ForwardView"]) => void}} props
 */
export function ForwardRow({ forward, step, open, changed }) {
  const now = new Date();
  const { opportunity, mentee, reply } = forward;
  const to = mentee ? html`<a href=${`/mentees/${mentee.id}`}>${mentee.name}</a>` : t("mentee.erased");
  const sent = { to, when: distance(forward.created_at, now) };
  return html`<li class="row"><article aria-labelledby=${`forward-${forward.id}`}>
    <div class="offer">
      <div>
        <p class="kicker">${t(`kind.${opportunity.kind}`)} · ${opportunity.organisation || t("organisation.unknown")}</p>
        <h2 id=${`forward-${forward.id}`}><a href=${`/opportunities/${opportunity.id}`}>${opportunity.title}</a></h2>
        <p>${forward.sent_by ? rich("forwarded.to_by", { ...sent, by: forward.sent_by.name }) : rich("forwarded.to", sent)}</p>
        <p><span class="tag ${forward.state}">${t(`delivery.${forward.state}`)}</span>
          ${reply ? html`<span class="tag answered">${t(`answer.${reply.answer}`)}</span> ${reply.reason && html`<q>${reply.reason}</q>`} <span class="quiet small">${t(reply.by_mentor ? "forwarded.noted" : "forwarded.answered", { when: distance(reply.created_at, now) })}</span>`
            : forward.unanswered_days === null ? null : html`<span class="quiet">${forward.unanswered_days > 0 ? t("forwarded.unanswered", { count: forward.unanswered_days }) : t("forwarded.no_answer")}</span>`}</p>
        ${forward.changes_since_sent.map((change) => html`<p class="notice mind" key=${change.id}><strong>${t("forwarded.changed")}</strong> ${rich("call.change", { what: t(`change.${change.kind}`), old: quoted(change.old_quote), new: quoted(change.new_quote) })}</p>`)}
        <${Trouble} forward=${forward} />
      </div>
      <div class="when"><${Deadline} row=${{ ...opportunity, timing: "unknown" }} now=${now} /></div>
    </div>
    <${Actions} forward=${forward} step=${step} open=${open} changed=${changed} />
    <details><summary>${t("forwarded.message")}</summary><pre class="message">${forward.subject}${"\n\n"}${forward.message}</pre>
      <button type="button" onClick=${() => copied(forward)}>${t("forward.copy")}<span class="unseen"> ${opportunity.title}</span></button></details>
  </article></li>`;
}

/** @param {Schemas["ForwardView"]} forward */
const copied = ({ subject, message }) => navigator.clipboard.writeText(`${subject}\n\n${message}`).then(() => say(t("forwarded.copied")), () => say(t("today.not_copied")));

/** @param {string} quote */
const quoted = (quote) => (quote ? html`<${Quote} text=${quote} />` : t("call.not_stated"));

/** What a person has to decide, and why. @param {{forward: Schemas["ForwardView"]}} props */
function Trouble({ forward: { state, mentee } }) {
  if (state !== "failed" && state !== "unknown") return null;
  return html`<p class="notice ${state === "failed" ? "bad" : "mind"}">${t(`forwarded.why.${state}`, { name: mentee?.name ?? t("mentee.erased") })}</p>`;
}

/** @param {{forward: Schemas["ForwardView"], step: (forward: Schemas["ForwardView"], what: "undo" | "retry" | "copied") => void, open: (what: What, forward: Schemas["ForwardView"]) => void, changed: (forward: Schemas["ForwardView"]) => void}} props */
function Actions({ forward, step, open, changed }) {
  const { state, mentee, opportunity } = forward;
  const about = html`<span class="unseen"> ${opportunity.title}</span>`;
  const stopped = state === "failed" || state === "unknown";
  const waits = state === "held" || state === "queued";
  if (!mentee || state === "undone") return null;
  return html`<div class="actions">
    ${(waits || state === "copied") && html`<${Undo} forward=${forward} undo=${() => step(forward, "undo")} changed=${changed} />`}
    ${stopped && html`<button type="button" class="primary" aria-keyshortcuts="r" onClick=${() => step(forward, "retry")}>${t(state === "failed" ? "action.try_again" : "forwarded.send_again")}${about}</button>`}
    ${(stopped || state === "queued") && html`<button type="button" onClick=${() => step(forward, "copied")}>${t(state === "unknown" ? "forwarded.arrived" : "forwarded.sent_myself")}${about}</button>`}
    ${!waits && !stopped && html`<button type="button" class=${forward.reply ? "" : "primary"} aria-keyshortcuts="a" onClick=${() => open("answer", forward)}>${t("answer.note")}…${about}</button>`}
    <button type="button" aria-keyshortcuts="l" onClick=${() => open("remind", forward)}>${t("remind.me")}…${about}</button>
    <button type="button" aria-keyshortcuts="n" onClick=${() => open("notes", forward)}>${t("notes.title")}…${about}</button>
  </div>`;
}

/**
 * Taking it back while that can be, with the seconds that are left; then the row is asked for anew until it has gone out.
 *
 * @param {{forward: Schemas["ForwardView"], undo: () => void, changed: (forward: Schemas["ForwardView"]) => void}} props
 */
function Undo({ forward, undo, changed }) {
  const left = () => Math.ceil((Date.parse(forward.undo_until ?? "") - Date.now()) / SECOND) || 0;
  const [seconds, setSeconds] = useState(left);
  useEffect(() => {
    if (seconds <= 0) return undefined;
    const timer = setInterval(() => setSeconds(left()), SECOND);
    return () => clearInterval(timer);
  }, [seconds > 0]);
  useEffect(() => (seconds > 0 || forward.state === "copied" ? undefined : watched(forward, changed)), [seconds > 0, forward.state]);
  if (seconds <= 0) return null;
  return html`<button type="button" class=${forward.state === "held" ? "primary" : ""} aria-keyshortcuts="u" data-words=${t("action.undo")} onClick=${undo}>${t("action.undo")} <span class="seconds" aria-hidden="true">${t("forwarded.seconds", { count: seconds })}</span><span class="unseen"> ${forward.opportunity.title}</span></button>`;
}

/** @param {Schemas["ForwardView"]} forward @param {(forward: Schemas["ForwardView"]) => void} changed */
function watched(forward, changed) {
  let looks = 0;
  const timer = setInterval(async () => {
    const found = /** @type {Schemas["ForwardView"] | null} */ (await call("GET", `/forwards/${forward.id}`).catch(() => null)); // the next look tells
    if (found && found.state !== forward.state) changed(found);
    if (++looks >= LOOKS) clearInterval(timer);
  }, 5 * SECOND);
  return () => clearInterval(timer);
}
