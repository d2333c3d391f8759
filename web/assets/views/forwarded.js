/** What was forwarded: where each message is, and what came of it. */
import { useState } from "preact/hooks";
import { call } from "../api.js";
import { distance } from "../format.js";
import { html } from "../html.js";
import { asProblem, usePages } from "../loading.js";
import { Deadline } from "../parts/facts.js";
import { Empty, Failed, Heading, Loading, More, Toast } from "../parts/states.js";
import { ANSWER, DELIVERY } from "../words.js";

/** @typedef {import("../api.js").Schemas} Schemas */

export function Forwarded() {
  const now = new Date();
  const list = /** @type {ReturnType<typeof usePages<Schemas["ForwardPage"]>>} */ (usePages("/forwards"));
  const [said, setSaid] = useState("");
  /** @param {Schemas["ForwardView"]} forward */
  const undo = (forward) => call("POST", `/forwards/${forward.id}/undo`).then(() => (setSaid("Undone: it was not sent."), list.again()), (error) => setSaid(asProblem(error).message));
  return html`
    <${Heading} title="Forwarded" />
    ${list.problem && html`<${Failed} problem=${list.problem} again=${list.again} />`}
    ${!list.value && list.loading && html`<${Loading} what="what was forwarded" />`}
    ${list.value && !list.value.items.length && html`<${Empty} title="Nothing forwarded yet">Choose a mentee and forward what fits.<//>`}
    <ol class="rows">${list.value?.items.map((forward) => html`<${Row} key=${forward.id} forward=${forward} now=${now} undo=${undo} />`)}</ol>
    <${More} list=${list} />
    ${said && html`<${Toast} words=${said} close=${() => setSaid("")} />`}
  `;
}

/** @param {{forward: Schemas["ForwardView"], now: Date, undo: (forward: Schemas["ForwardView"]) => void}} props */
function Row({ forward, now, undo }) {
  const call = forward.opportunity;
  const canUndo = forward.state === "held" && forward.undo_until && new Date(forward.undo_until) > now;
  return html`<li class="row"><article aria-labelledby=${`forward-${forward.id}`}>
    <h2 id=${`forward-${forward.id}`}><a href=${`/opportunities/${call.id}`}>${call.title}</a></h2>
    <p>To ${forward.mentee ? html`<a href=${`/mentees/${forward.mentee.id}`}>${forward.mentee.name}</a>` : "someone who was erased"}
      <span class="quiet"> ${distance(forward.created_at, now)}${forward.sent_by ? ` by ${forward.sent_by.name}` : ""}</span></p>
    <p><span class="tag ${forward.state}">${DELIVERY[forward.state]}</span>
      ${forward.reply ? html`<span class="tag answered">${ANSWER[forward.reply.answer]}</span>${forward.reply.reason && html` <q>${forward.reply.reason}</q>`}` : html`<span class="quiet">No answer yet</span>`}</p>
    <${Deadline} row=${{ ...call, timing: "unknown" }} now=${now} />
    <details><summary>The message</summary><pre class="message">${forward.subject}${"\n\n"}${forward.message}</pre></details>
    ${canUndo && html`<button type="button" onClick=${() => undo(forward)}>Undo</button>`}
  </article></li>`;
}
