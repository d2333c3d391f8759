/** One call: everything known, each thing with the words it came from, and which of my mentees it suits. */
import { useState } from "preact/hooks";
import { call } from "../api.js";
import { distance, expected, moment, shortInstant } from "../format.js";
import { html } from "../html.js";
import { useAnswer, usePages } from "../loading.js";
import { Deadline, Eligibility, Facts } from "../parts/facts.js";
import { ForwardDialog } from "../parts/forward.js";
import { Marked } from "../parts/marked.js";
import { Failed, Heading, Loading, More, Toast } from "../parts/states.js";
import { Trust } from "../parts/trust.js";
import { PURPOSE, STATUS } from "../words.js";

/** @typedef {import("../api.js").Schemas} Schemas */

/** @param {{id: string}} props */
export function Opportunity({ id }) {
  const now = new Date();
  const asked = useAnswer(/** @returns {Promise<Schemas["OpportunityView"]>} */ (signal) => call("GET", `/opportunities/${id}`, { signal }), id);
  const [said, setSaid] = useState("");
  const found = asked.value;
  if (asked.problem) return html`<${Heading} title="Call" /><${Failed} problem=${asked.problem} again=${asked.again} />`;
  if (!found) return html`<${Loading} what="the call" />`;
  return html`
    <${Heading} title=${found.title}><p class="quiet">${found.organisation || "Organisation not stated"}</p><//>
    <${Deadline} row=${found} now=${now} />
    <${Facts} row=${found} now=${now} />
    <p><a class="out" href=${found.url} target="_blank" rel="noopener noreferrer nofollow">Read it at ${found.host}<span class="unseen"> (opens in a new tab)</span></a></p>
    <div class="two">
      <div>
        <section aria-labelledby="about"><h2 id="about">What it says</h2>
          ${paragraphs(found.description || found.summary).map((text) => html`<p key=${text}>${text}</p>`)}
        </section>
        <${Dates} call=${found} />
        <${Asked} requirements=${found.requirements} />
        <${Trust} reasons=${found.trust} />
        <${Editions} series=${found.series} />
        <${Where} call=${found} now=${now} />
      </div>
      <${Board} call=${found} say=${setSaid} />
    </div>
    ${said && html`<${Toast} words=${said} close=${() => setSaid("")} />`}
  `;
}

/** @param {string} text */
const paragraphs = (text) => text.split(/\n{1,}/).map((part) => part.trim()).filter(Boolean).slice(0, 60);

/** @param {{call: Schemas["OpportunityView"]}} props */
function Dates({ call: found }) {
  const other = [
    { name: "Opens", value: found.opens },
    { name: "Starts", value: found.starts },
    { name: "Ends", value: found.ends },
  ].filter(({ value }) => value);
  return html`<section aria-labelledby="dates"><h2 id="dates">Dates</h2>
    <dl class="dates">
      ${found.deadlines.map(
        (deadline) => html`<div key=${deadline.quote + deadline.purpose}>
          <dt>${deadline.label || PURPOSE[deadline.purpose]}${deadline.optional ? " (optional)" : ""}</dt>
          <dd>${deadline.superseded ? html`<s>${moment(deadline)}</s> <span class="quiet">replaced</span>` : moment(deadline)}${deadline.quote && html`<br /><q class="quiet">${deadline.quote}</q>`}</dd>
        </div>`,
      )}
      ${other.map(({ name, value }) => html`<div key=${name}><dt>${name}</dt><dd>${value && moment(value)}${value?.quote && html`<br /><q class="quiet">${value.quote}</q>`}</dd></div>`)}
    </dl>
    ${!found.deadlines.length && !found.expected && html`<p class="quiet">No deadline was found on the page. That is not the same as rolling.</p>`}
    ${found.changes.length > 0 && html`<h3>What changed</h3><ul>${found.changes.map(
      (change) => html`<li key=${change.id}>${change.kind.replace("_", " ")}: <q>${change.old_quote || String(change.old ?? "not stated")}</q> became <q>${change.new_quote || String(change.new ?? "not stated")}</q> <span class="quiet">${shortInstant(change.new_read_at)}</span></li>`,
    )}</ul>`}
  </section>`;
}

/** @param {{requirements: Schemas["RequirementView"][]}} props */
const Asked = ({ requirements }) =>
  requirements.length
    ? html`<section aria-labelledby="asked"><h2 id="asked">Who may apply</h2><ul>${requirements.map((requirement) => html`<li key=${requirement.quote + requirement.type}><span class="tag">${requirement.type.replace("_", " ")}</span> <q>${requirement.quote}</q></li>`)}</ul></section>`
    : null;

/** @param {{series: Schemas["SeriesView"] | null}} props */
const Editions = ({ series }) =>
  series?.editions.length
    ? html`<section aria-labelledby="editions"><h2 id="editions">Other editions</h2>
        <ul>${series.editions.map(
          (edition) => html`<li key=${edition.id}><a href=${`/opportunities/${edition.id}`}>${edition.edition || edition.title}</a>
            <span class="status ${edition.status}">${STATUS[edition.status]}</span>
            <span class="quiet">${edition.expected ? expected(edition.expected) : edition.closes_at ? shortInstant(edition.closes_at) : ""}</span></li>`,
        )}</ul>
      </section>`
    : null;

/** @param {{call: Schemas["OpportunityView"], now: Date}} props */
const Where = ({ call: found, now }) => html`<section aria-labelledby="where"><h2 id="where">Where we read it</h2>
  <ul>${found.postings.map(
    (posting) => html`<li key=${posting.source + posting.url}><a href=${posting.url} target="_blank" rel="noopener noreferrer nofollow">${posting.source_title}<span class="unseen"> (opens in a new tab)</span></a> <span class="quiet">seen ${distance(posting.last_seen_at, now)}</span></li>`,
  )}</ul>
</section>`;

/** @type {Record<string, string>} */
const FIT = { fits: "Fits", one_thing_missing: "One thing missing", not_eligible: "Not eligible", cannot_tell: "Cannot tell" };

/** @param {{call: Schemas["OpportunityView"], say: (words: string) => void}} props */
function Board({ call: found, say }) {
  const board = /** @type {ReturnType<typeof usePages<Schemas["Board"]>>} */ (usePages(`/opportunities/${found.id}/mentees`));
  const [forwarding, setForwarding] = useState(/** @type {Schemas["BoardEntry"] | null} */ (null));
  return html`<section class="board" aria-labelledby="board"><h2 id="board">My mentees</h2>
    ${board.problem && html`<${Failed} problem=${board.problem} again=${board.again} />`}
    ${!board.value && board.loading && html`<${Loading} what="your mentees" />`}
    <ul class="cards">
      ${board.value?.items.map(
        (entry) => html`<li class="card" key=${entry.mentee.id}>
          <h3><a href=${`/mentees/${entry.mentee.id}`}>${entry.mentee.name}</a> <span class="tag ${entry.fit}">${FIT[entry.fit]}</span></h3>
          ${entry.match && html`<p class="small"><span class="quiet">Serves</span> ${entry.match.goal}</p><p class="small"><${Marked} sentence=${entry.match.sentence} words=${entry.match.words} /></p>`}
          <${Eligibility} eligibility=${entry.eligibility} />
          ${entry.sent.length ? html`<p class="small mind">Already sent.</p>` : null}
          ${entry.fit !== "not_eligible" && html`<button type="button" onClick=${() => setForwarding(entry)}>Forward<span class="unseen"> to ${entry.mentee.name}</span></button>`}
        </li>`,
      )}
    </ul>
    <${More} list=${board} />
    ${forwarding && html`<${ForwardDialog} mentee=${forwarding.mentee} opportunity=${found} goalId=${forwarding.match?.goal_id}
      done=${(/** @type {unknown} */ _forward, /** @type {string} */ words) => (setForwarding(null), say(words), board.again())} close=${() => setForwarding(null)} />`}
  </section>`;
}
