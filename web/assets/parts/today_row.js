/** One line of the day: what, by when, what it pays or costs and how fresh, why it is here, and the one thing to do about it first. */
import { deadline, distance, shortInstant } from "../format.js";
import { html } from "../html.js";
import { t } from "../words.js";
import { Verdict } from "./eligibility.js";
import { Marked, Quote } from "./marked.js";
import { Dismiss } from "./recommendation.js";
import { decide, done, later, putOffFor } from "./today_deeds.js";
import { isOver } from "./today_lines.js";

/** @typedef {import("../api.js").Schemas} Schemas */
/** @typedef {import("./today_lines.js").Line} Line */
/** @typedef {(line: Line, deed: () => Promise<import("./today_deeds.js").Done>) => void} Act */
/** @typedef {(open: {what: "forward" | "pass_on" | "answer", line: Line}) => void} Open */

/** @param {{line: Line, on: string, act: Act, open: Open, told: () => void}} props */
export function TodayRow({ line, on, act, open, told }) {
  const { opportunity: row, section, fresh } = line;
  const when = deadline({ ...row, timing: "unknown" }, new Date());
  return html`<li class="row line"><article aria-labelledby=${`line-${line.key}`}>
    <div>
      <p class="kicker"><span class="tag is-${section}">${t(`today.is.${section}`)}</span> ${t(`kind.${row.kind}`)} · ${row.organisation || t("organisation.unknown")}</p>
      <h3 id=${`line-${line.key}`}><a href=${`/opportunities/${row.id}`}>${row.title}</a></h3>
      <div class="because"><${Because} line=${line} told=${told} /></div>
    </div>
    <p class="when">${isOver(row) ? html`<span class="status ${row.status}">${t(`status.${row.status}`)}</span>` : html`<strong>${when.relative || when.absolute}</strong>`}
      ${when.relative && html`<span class="quiet small">${when.absolute}</span>`}
      ${fresh && html`<span class="quiet small">${t(`funding.${fresh.funding}`)}</span><span class="quiet small">${t("today.found", { when: distance(fresh.first_seen_at, new Date()) })}</span>`}</p>
    <${Actions} line=${line} on=${on} act=${act} open=${open} />
  </article></li>`;
}

/** Why it is here. @param {{line: Line, told: () => void}} props */
function Because({ line: { mentee, opportunity, change, due, silent, fresh }, told }) {
  if (change) return html`<p>${change.said} ${change.new_quote && html`<${Quote} quiet text=${change.new_quote} />`}</p>`;
  if (silent) return html`<p>${t("today.silent", { count: silent.days })} <span class="quiet">${shortInstant(silent.sent_at)}</span></p>`;
  if (fresh) return html`<${Fits} fresh=${fresh} opportunityId=${opportunity.id} mentee=${mentee} told=${told} />`;
  if (due?.because === "reminder") return html`<p>${due.text || t("today.due.reminder")}</p>`;
  if (due?.because === "snooze_over") return html`<p>${t("today.due.snooze_over")}</p>`;
  if (due?.because === "not_sent") return html`<p>${t("today.due.not_sent")}</p>`;
  return html`<p>${t(due?.forward_id ? "today.due.sent" : "today.due.saved")}</p>`;
}

/** Which goal it serves and by what, and may they apply. @param {{fresh: Schemas["NewItem"], opportunityId: string} & import("./eligibility.js").Teller} props */
const Fits = ({ fresh: { match, line, eligibility }, opportunityId, mentee, told }) => html`
  <p class="clipped">${match ? html`<${Marked} sentence=${match.sentence} words=${match.words} />` : line}</p>
  ${match && html`<p class="clipped quiet">${t("why.serves", { goal: match.goal })}</p>`}
  <div class="verdict ${eligibility.verdict}"><${Verdict} eligibility=${eligibility} opportunityId=${opportunityId} mentee=${mentee} told=${told} /></div>`;

/** What can be done: the most likely first. @param {{line: Line, on: string, act: Act, open: Open}} props */
function Actions({ line, on, act, open }) {
  const { opportunity, section, due } = line;
  const about = html`<span class="unseen"> ${opportunity.title}</span>`;
  const undecided = section === "new" || due?.because === "snooze_over";
  const offered = undecided || Boolean(due && !due.forward_id && due.because === "deadline");
  const closes = section === "changed" || due?.because === "reminder";
  const asks = section === "unanswered" || Boolean(due?.forward_id);
  return html`<div class="actions">
    ${section === "changed" && html`<button type="button" class="primary" aria-keyshortcuts="f" onClick=${() => open({ what: "pass_on", line })}>${t("today.pass_on")}…${about}</button>`}
    ${offered && html`<button type="button" class="primary" aria-keyshortcuts="f" onClick=${() => open({ what: "forward", line })}>${t("action.forward")}…${about}</button>`}
    ${asks && html`<button type="button" class="primary" aria-keyshortcuts="a" onClick=${() => open({ what: "answer", line })}>${t("answer.note")}…${about}</button>`}
    ${closes && html`<button type="button" class=${section === "changed" ? "" : "primary"} aria-keyshortcuts="e" onClick=${() => act(line, () => done(line))}>${t("today.done_with")}${about}</button>`}
    ${(asks || due?.because === "reminder") && html`<button type="button" aria-keyshortcuts="f" onClick=${() => open({ what: "forward", line })}>${t(asks ? "today.send_again" : "action.forward")}…${about}</button>`}
    ${undecided && html`<button type="button" aria-keyshortcuts="s" onClick=${() => act(line, () => decide(line, { kind: "saved" }, t("decision.saved")))}>${t("action.save")}${about}</button>`}
    <button type="button" aria-keyshortcuts="l" onClick=${() => act(line, () => later(line, on))}>${t("today.later", { count: putOffFor(line, on) })}${about}</button>
    ${offered && html`<${Dismiss} title=${opportunity.title} decide=${(/** @type {any} */ decision, /** @type {string} */ words) => act(line, () => decide(line, decision, words))} />`}
  </div>`;
}
