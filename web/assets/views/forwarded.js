/** What was forwarded: where each message is, and what came of it. */
import { call } from "../api.js";
import { distance } from "../format.js";
import { html } from "../html.js";
import { usePages } from "../loading.js";
import { Deadline } from "../parts/facts.js";
import { Answered, Empty, Heading, More } from "../parts/states.js";
import { say, sayProblem } from "../parts/toast.js";
import { rich, t } from "../words.js";

/** @typedef {import("../api.js").Schemas} Schemas */

export function Forwarded() {
  const now = new Date();
  const list = /** @type {ReturnType<typeof usePages<Schemas["ForwardPage"]>>} */ (usePages("/forwards"));
  /** @param {Schemas["ForwardView"]} forward */
  const undo = (forward) => call("POST", `/forwards/${forward.id}/undo`).then(() => (say(t("forward.undone")), list.again()), sayProblem);
  return html`
    <${Heading} title=${t("nav.forwarded")} />
    <${Answered} asked=${list}>${(/** @type {Schemas["ForwardPage"]} */ page) =>
      page.items.length
        ? html`<ol class="rows">${page.items.map((forward) => html`<${Row} key=${forward.id} forward=${forward} now=${now} undo=${undo} />`)}</ol>`
        : html`<${Empty} title=${t("forwarded.none")}>${t("forwarded.none.why")}<//>`}<//>
    <${More} list=${list} />
  `;
}

/** @param {{forward: Schemas["ForwardView"], now: Date, undo: (forward: Schemas["ForwardView"]) => void}} props */
function Row({ forward, now, undo }) {
  const call = forward.opportunity;
  const canUndo = forward.state === "held" && forward.undo_until && new Date(forward.undo_until) > now;
  const to = forward.mentee ? html`<a href=${`/mentees/${forward.mentee.id}`}>${forward.mentee.name}</a>` : t("mentee.erased");
  return html`<li class="row"><article aria-labelledby=${`forward-${forward.id}`}>
    <h2 id=${`forward-${forward.id}`}><a href=${`/opportunities/${call.id}`}>${call.title}</a></h2>
    <p>${forward.sent_by ? rich("forwarded.to_by", { to, when: distance(forward.created_at, now), by: forward.sent_by.name }) : rich("forwarded.to", { to, when: distance(forward.created_at, now) })}</p>
    <p><span class="tag ${forward.state}">${t(`delivery.${forward.state}`)}</span>
      ${forward.reply ? html`<span class="tag answered">${t(`answer.${forward.reply.answer}`)}</span>${forward.reply.reason && html` <q>${forward.reply.reason}</q>`}` : html`<span class="quiet">${t("forwarded.no_answer")}</span>`}</p>
    <${Deadline} row=${{ ...call, timing: "unknown" }} now=${now} />
    <details><summary>${t("forwarded.message")}</summary><pre class="message">${forward.subject}${"\n\n"}${forward.message}</pre></details>
    ${canUndo && html`<button type="button" onClick=${() => undo(forward)}>${t("action.undo")}</button>`}
  </article></li>`;
}
