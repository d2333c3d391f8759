/** The board of a call: my mentees beside it, the best fits first, several ticked and sent at once. */
import { useState } from "preact/hooks";
import { call } from "../api.js";
import { html } from "../html.js";
import { usePages } from "../loading.js";
import { t } from "../words.js";
import { Eligibility } from "./eligibility.js";
import { ForwardDialog } from "./forward.js";
import { Marked } from "./marked.js";
import { sentBefore } from "./recommendation.js";
import { SendDialog } from "./send.js";
import { Answered, Degraded, Empty, More } from "./states.js";
import { say } from "./toast.js";

/** @typedef {import("../api.js").Schemas} Schemas */

/** @param {{call: Schemas["OpportunityView"]}} props */
export function Board({ call: found }) {
  const board = /** @type {ReturnType<typeof usePages<Schemas["Board"]>>} */ (usePages(`/opportunities/${found.id}/mentees`));
  const [forwarding, setForwarding] = useState(/** @type {Schemas["BoardEntry"] | null} */ (null));
  const [ticked, setTicked] = useState(/** @type {readonly string[]} */ ([]));
  const [sending, setSending] = useState(/** @type {readonly string[] | null} */ (null));
  /** @param {string} id */
  const tick = (id) => setTicked(ticked.includes(id) ? ticked.filter((one) => one !== id) : [...ticked, id]);
  /** @param {readonly Schemas["ForwardView"][]} forwards @param {string} words */
  const done = (forwards, words) => {
    setForwarding((now) => (now === forwarding ? null : now)); // another may have been opened meanwhile
    setSending((now) => (now === sending ? null : now));
    setTicked((now) => (now === ticked ? [] : now));
    board.again();
    const undoable = forwards.filter(({ state }) => state === "held" || state === "copied");
    say(words, undoable.length ? () => Promise.all(undoable.map(({ id }) => call("POST", `/forwards/${id}/undo`))).then(() => (say(t("forward.undone")), board.again())) : undefined);
  };
  return html`<section class="board" aria-labelledby="board"><h2 id="board">${t("board.title")}</h2>
    <${Answered} asked=${board}>${(/** @type {Schemas["Board"]} */ page) => html`
      <${Degraded} reasons=${page.degraded} />
      ${!page.items.length && html`<${Empty} title=${t("mentees.none")}>${t("board.none.why")}<//>`}
      <ol class="rows">${page.items.map((entry) => html`<${Row} key=${entry.mentee.id} entry=${entry} opportunityId=${found.id} ticked=${ticked.includes(entry.mentee.id)} tick=${() => tick(entry.mentee.id)} told=${board.again} forward=${() => setForwarding(entry)} />`)}</ol>`}<//>
    <${More} list=${board} />
    ${ticked.length > 0 && html`<div class="sending"><span role="status">${t("board.ticked", { count: ticked.length })}</span>
      <button type="button" class="primary" onClick=${() => setSending(ticked)}>${t("board.send")}…</button>
      <button type="button" class="plain" onClick=${() => setTicked([])}>${t("board.untick")}</button></div>`}
    ${forwarding && html`<${ForwardDialog} mentee=${forwarding.mentee} opportunity=${found} goalId=${forwarding.match?.goal_id}
      done=${(/** @type {Schemas["ForwardView"]} */ forward, /** @type {string} */ words) => done([forward], words)} close=${() => setForwarding(null)} />`}
    ${sending && html`<${SendDialog} menteeIds=${sending} opportunity=${found} done=${done} close=${() => setSending(null)} />`}
  </section>`;
}

/** @param {{entry: Schemas["BoardEntry"], opportunityId: string, ticked: boolean, tick: () => void, told: () => void, forward: () => void}} props */
function Row({ entry, opportunityId, ticked, tick, told, forward }) {
  const { mentee, fit, match, eligibility, sent } = entry;
  const may = fit !== "not_eligible";
  return html`<li class="row"><article class="person" aria-labelledby=${`person-${mentee.id}`}>
    <span class="tick">${may && html`<input type="checkbox" checked=${ticked} onChange=${tick} aria-label=${t("board.tick", { name: mentee.name })} />`}</span>
    <div>
      <h3 id=${`person-${mentee.id}`}><a href=${`/mentees/${mentee.id}`}>${mentee.name}</a></h3>
      <p><span class="tag ${fit}">${t(`fit.${fit}`)}</span> <${Sent} sent=${sent} /></p>
      ${may && match && html`<p class="small"><${Marked} sentence=${match.sentence} words=${match.words} /></p><p class="small quiet">${t("why.serves", { goal: match.goal })}</p>`}
      <${Eligibility} eligibility=${eligibility} opportunityId=${opportunityId} mentee=${mentee} told=${told} />
      ${may && html`<div class="actions"><button type="button" aria-keyshortcuts="f" onClick=${forward}>${t("action.forward")}<span class="unseen"> ${mentee.name}</span></button></div>`}
    </div>
  </article></li>`;
}

/** What was sent to them of it already, and what they answered: the newest comes first, and an answer is about its edition only. @param {{sent: readonly Schemas["SentMark"][]}} props */
function Sent({ sent }) {
  const mark = sent.find((one) => one.same_opportunity);
  if (!mark) return sent[0] ? html`<span class="quiet small">${sentBefore(sent[0])}</span>` : null;
  return html`<span class="tag mind">${t("board.sent")}</span>
    ${mark.answer ? html` <span class="tag answered">${t(`answer.${mark.answer}`)}</span>` : html` <span class="quiet small">${t("forwarded.no_answer")}</span>`}`;
}
