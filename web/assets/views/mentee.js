/** One mentee: the goals, the ranked list with its reasons, and the actions on each row. */
import { useState } from "preact/hooks";
import { call } from "../api.js";
import { country } from "../format.js";
import { html } from "../html.js";
import { asProblem, useAnswer, usePages } from "../loading.js";
import { Filters, filterQuery } from "../parts/filters.js";
import { ForwardDialog } from "../parts/forward.js";
import { Recommendation } from "../parts/recommendation.js";
import { Empty, Failed, Heading, Loading, More, Toast } from "../parts/states.js";
import { DEGRADED, STAGE } from "../words.js";

/** @typedef {import("../api.js").Schemas} Schemas */
/** @typedef {{words: string, undo?: () => void}} Said */

/** @param {{id: string, address: URL}} props */
export function Mentee({ id, address }) {
  const query = filterQuery(address.searchParams);
  const mentee = useAnswer((signal) => call("GET", `/mentees/${id}`, { signal }), id);
  const list = /** @type {ReturnType<typeof usePages<Schemas["RecommendationPage"]>>} */ (usePages(`/mentees/${id}/recommendations`, query));
  const [forwarding, setForwarding] = useState(/** @type {Schemas["RecommendationView"] | null} */ (null));
  const [said, setSaid] = useState(/** @type {Said | null} */ (null));

  /** @param {Schemas["RecommendationView"]} gone */
  const drop = (gone) => list.change((page) => ({ ...page, items: page.items.filter((item) => item.opportunity.id !== gone.opportunity.id), total: page.total - 1 }));

  /** @param {Schemas["RecommendationView"]} item @param {{kind: string, reason?: string, until?: string}} decision @param {string} words */
  const decide = async (item, decision, words) => {
    try {
      await call("POST", `/mentees/${id}/decisions`, { body: { opportunity_id: item.opportunity.id, ...decision } });
      if (decision.kind !== "saved") drop(item);
      setSaid({ words, undo: () => call("DELETE", `/mentees/${id}/decisions/${item.opportunity.id}`).then(() => (setSaid({ words: "Undone." }), list.again())) });
    } catch (error) {
      setSaid({ words: asProblem(error).message });
    }
  };

  /** @param {Schemas["ForwardView"]} forward @param {string} words */
  const forwarded = (forward, words) => {
    if (forwarding) drop(forwarding);
    setForwarding(null);
    const undo = () =>
      call("POST", `/forwards/${forward.id}/undo`).then(
        () => (setSaid({ words: "Undone: it was not sent." }), list.again()),
        (error) => setSaid({ words: asProblem(error).message }),
      );
    setSaid(forward.state === "held" || forward.state === "copied" ? { words, undo } : { words });
  };

  if (mentee.problem) return html`<${Heading} title="Mentee" /><${Failed} problem=${mentee.problem} again=${mentee.again} />`;
  if (!mentee.value) return html`<${Loading} what="the mentee" />`;
  return html`
    <${Heading} title=${mentee.value.name}><p class="quiet">${facts(mentee.value)}</p><//>
    <${Goals} goals=${mentee.value.goals} />
    <div class="with-filters">
      <${Filters} address=${address} />
      <section aria-labelledby="list-title" aria-busy=${list.loading}>
        <${ListState} list=${list} />
        ${list.value && html`<ol class="rows">
          ${list.value.items.map(
            (item) => html`<${Recommendation} key=${item.opportunity.id} item=${item} now=${new Date()}
              forward=${() => setForwarding(item)} decide=${(/** @type {any} */ decision, /** @type {string} */ words) => decide(item, decision, words)} />`,
          )}
        </ol>`}
        <${More} list=${list} />
      </section>
    </div>
    ${forwarding && html`<${ForwardDialog} mentee=${mentee.value} opportunity=${forwarding.opportunity} goalId=${forwarding.match?.goal_id}
      done=${forwarded} close=${() => setForwarding(null)} />`}
    ${said && html`<${Toast} words=${said.words} undo=${said.undo} close=${() => setSaid(null)} />`}
  `;
}

/** @param {Schemas["MenteeView"]} mentee */
const facts = (mentee) =>
  [mentee.stage ? STAGE[mentee.stage] : "Stage not known", mentee.specialty, mentee.citizenships.length ? `Citizen of ${mentee.citizenships.map(country).join(", ")}` : "Citizenship not known", mentee.needs_funding ? "Needs funding" : ""]
    .filter(Boolean)
    .join(" · ");

/** @param {{goals: Schemas["GoalView"][]}} props */
const Goals = ({ goals }) =>
  goals.length
    ? html`<section aria-label="Goals"><ol class="goals">${goals.map((goal) => html`<li key=${goal.id}>${goal.text}</li>`)}</ol></section>`
    : html`<p class="notice mind">No goals yet: without one there is nothing to rank by.</p>`;

/** @param {{list: import("../loading.js").Asked<Schemas["RecommendationPage"]>}} props */
function ListState({ list }) {
  const page = list.value;
  if (list.problem) return html`<h2 id="list-title">Recommended</h2><${Failed} problem=${list.problem} again=${list.again} />`;
  if (!page) return html`<h2 id="list-title">Recommended</h2><${Loading} what="the list" />`;
  const hidden = page.hidden_ineligible ? ` ${page.hidden_ineligible} more are left out because they may not apply.` : "";
  return html`
    <h2 id="list-title">Recommended <span class="quiet">(${page.total})</span></h2>
    <p class="quiet small" role="status">${page.considered} open calls considered.${hidden}</p>
    ${page.degraded.map((reason) => html`<p class="notice mind" key=${reason}>${DEGRADED[reason] ?? reason}</p>`)}
    ${!page.items.length && html`<${Empty} title="Nothing left here">Everything that fits was forwarded, saved or dismissed, or the filters leave nothing.<//>`}
  `;
}
