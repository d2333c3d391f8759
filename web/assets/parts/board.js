/** The board of a call: my mentees beside it, the best fits first, several ticked and sent at once. */
import { useState } from "preact/hooks";
import { html } from "../html.js";
import { usePages } from "../loading.js";
import { t } from "../words.js";
import { Eligibility } from "./facts.js";
import { ForwardDialog } from "./forward.js";
import { Marked } from "./marked.js";
import { Answered, More } from "./states.js";
import { say } from "./toast.js";

/** @typedef {import("../api.js").Schemas} Schemas */

/** @param {{call: Schemas["OpportunityView"]}} props */
export function Board({ call: found }) {
  const board = /** @type {ReturnType<typeof usePages<Schemas["Board"]>>} */ (usePages(`/opportunities/${found.id}/mentees`));
  const [forwarding, setForwarding] = useState(/** @type {Schemas["BoardEntry"] | null} */ (null));
  return html`<section class="board" aria-labelledby="board"><h2 id="board">${t("board.title")}</h2>
    <${Answered} asked=${board}>${(/** @type {Schemas["Board"]} */ page) => html`<ul class="cards">
      ${page.items.map(
        (entry) => html`<li class="card" key=${entry.mentee.id}>
          <h3><a href=${`/mentees/${entry.mentee.id}`}>${entry.mentee.name}</a> <span class="tag ${entry.fit}">${t(`fit.${entry.fit}`)}</span></h3>
          ${entry.match && html`<p class="small"><span class="quiet">${t("why.serves")}</span> ${entry.match.goal}</p><p class="small"><${Marked} sentence=${entry.match.sentence} words=${entry.match.words} /></p>`}
          <${Eligibility} eligibility=${entry.eligibility} />
          ${entry.sent.length > 0 && html`<p class="small mind">${t("board.sent")}</p>`}
          ${entry.fit !== "not_eligible" && html`<button type="button" onClick=${() => setForwarding(entry)}>${t("action.forward")}<span class="unseen"> ${entry.mentee.name}</span></button>`}
        </li>`,
      )}
    </ul>`}<//>
    <${More} list=${board} />
    ${forwarding && html`<${ForwardDialog} mentee=${forwarding.mentee} opportunity=${found} goalId=${forwarding.match?.goal_id}
      done=${(/** @type {unknown} */ _forward, /** @type {string} */ words) => (setForwarding(null), say(words), board.again())} close=${() => setForwarding(null)} />`}
  </section>`;
}
