/** One mentee: the goals, the ranked list with its reasons, and the actions on each row. */
import { useState } from "preact/hooks";
import { call } from "../api.js";
import { country } from "../format.js";
import { html } from "../html.js";
import { useAnswer, useDrawn, usePages } from "../loading.js";
import { Beside } from "../parts/beside.js";
import { Filters, filterQuery } from "../parts/filters.js";
import { ForwardDialog } from "../parts/forward.js";
import { Mentors } from "../parts/mentors.js";
import { NoMail } from "../parts/no_mail.js";
import { Recommendation } from "../parts/recommendation.js";
import { StaleList, staleNeed } from "../parts/staleness.js";
import { focusRowSoon, focused } from "../parts/shortcuts.js";
import { Answered, Degraded, Empty, Failed, Heading, Loading, More } from "../parts/states.js";
import { say, sayProblem } from "../parts/toast.js";
import { Year } from "../parts/year.js";
import { listed, t } from "../words.js";

/** @typedef {import("../api.js").Schemas} Schemas */

const EXPECTED = new URLSearchParams({ status: "expected", limit: "30" });

/** @param {string} id @param {URL} address */
export const menteeNeeds = (id, address) => [
  { path: `/mentees/${id}` },
  { path: `/mentees/${id}/recommendations`, query: listQuery(address) },
  { path: `/mentees/${id}/recommendations`, query: EXPECTED },
  staleNeed,
];

/** @param {URL} address */
function listQuery(address) {
  const query = filterQuery(address.searchParams);
  query.set("limit", "50");
  return query;
}

/** @param {{id: string, address: URL}} props */
export function Mentee({ id, address }) {
  const mentee = useAnswer(/** @returns {Promise<Schemas["MenteeView"]>} */ (signal) => call("GET", `/mentees/${id}`, { signal }), id);
  const list = /** @type {ReturnType<typeof usePages<Schemas["RecommendationPage"]>>} */ (usePages(`/mentees/${id}/recommendations`, listQuery(address)));
  const [forwarding, setForwarding] = useState(/** @type {Schemas["RecommendationView"] | null} */ (null));

  /** @param {Schemas["RecommendationView"]} gone */
  const drop = (gone) => {
    const place = focused();
    list.change((page) => ({ ...page, items: page.items.filter((item) => item.opportunity.id !== gone.opportunity.id), total: page.total - 1 }));
    if (place >= 0) focusRowSoon(place);
  };

  /** @param {Schemas["RecommendationView"]} item @param {{kind: string, reason?: string, until?: string}} decision @param {string} words */
  const decide = async (item, decision, words) => {
    try {
      const made = await call("POST", `/mentees/${id}/decisions`, { body: { opportunity_id: item.opportunity.id, ...decision } });
      if (decision.kind === "saved") list.change((page) => ({ ...page, items: page.items.map((one) => (one.opportunity.id === item.opportunity.id ? { ...one, decision: made } : one)) }));
      else drop(item);
      say(words, () => call("DELETE", `/mentees/${id}/decisions/${item.opportunity.id}`).then(() => (say(t("decision.undone")), list.again())));
    } catch (error) {
      sayProblem(error);
    }
  };

  /** @param {Schemas["ForwardView"]} forward @param {string} words */
  const forwarded = (forward, words) => {
    setForwarding((now) => (now === forwarding ? null : now)); // another may have been opened meanwhile
    if (forwarding) drop(forwarding);
    const undo = () => call("POST", `/forwards/${forward.id}/undo`).then(() => (say(t("forward.undone")), list.again()));
    say(words, forward.state === "held" || forward.state === "copied" ? undo : undefined);
  };

  const rowOf = useDrawn((/** @type {Schemas["RecommendationView"]} */ item) => html`<${Recommendation} key=${item.opportunity.id} item=${item} now=${new Date()}
    forward=${() => setForwarding(item)} decide=${(/** @type {any} */ decision, /** @type {string} */ words) => decide(item, decision, words)} />`);

  const awaited = useAnswer(/** @returns {Promise<Schemas["RecommendationPage"]>} */ (signal) => call("GET", `/mentees/${id}/recommendations`, { signal, query: EXPECTED }), id);

  if (mentee.problem) return html`<${Heading} title=${t("mentee.title")} /><${Failed} problem=${mentee.problem} again=${() => (mentee.again(), list.again(), awaited.again())} />`;
  if (!mentee.value) return html`<${Loading} />`;
  return html`
    <div class="heading-row">
      <${Heading} title=${mentee.value.name}><p class="quiet">${facts(mentee.value)}</p><${Mentors} mentee=${mentee.value} changed=${mentee.again} /><//>
      <p class="no-print actions"><a class="button" href=${`/mentees/${id}/edit`}>${t("mentees.edit")}</a><a class="button" href=${`/mentees/${id}/meeting`}>${t("meeting.short")}</a></p>
    </div>
    <${NoMail} mentee=${mentee.value} changed=${mentee.again} />
    <${Goals} goals=${mentee.value.goals} />
    <${Beside} mentee=${mentee.value} />
    <${Year} now=${new Date()} rows=${[...(list.value?.items ?? []), ...(awaited.value?.items ?? [])].map(({ opportunity }) => opportunity)} />
    <section aria-labelledby="list-title" aria-busy=${list.loading}>
        <h2 id="list-title">${list.value ? t("list.title_count", { count: list.value.total }) : t("list.title")}</h2>
        <${Filters} address=${address} />
        <${StaleList} kinds=${address.searchParams.getAll("kind")} />
        <${Answered} asked=${list}>${(/** @type {Schemas["RecommendationPage"]} */ page) => html`<${ListState} page=${page} filtered=${filterQuery(address.searchParams).size > 0} />`}<//>
        ${list.value && html`<ol class="rows">${list.value.items.map(rowOf)}</ol>`}
        <${More} list=${list} />
    </section>
    ${forwarding && html`<${ForwardDialog} mentee=${mentee.value} opportunity=${forwarding.opportunity} goalId=${forwarding.match?.goal_id}
      done=${forwarded} close=${() => setForwarding(null)} />`}
  `;
}

/** @param {Schemas["MenteeView"]} mentee */
const facts = (mentee) =>
  [
    mentee.stage ? t(`stage.${mentee.stage}`) : t("stage.unknown"),
    mentee.specialty,
    mentee.citizenships.length ? t("mentee.citizen_of", { countries: listed(mentee.citizenships.map(country)) }) : t("mentee.citizenship_unknown"),
    mentee.needs_funding ? t("mentee.needs_funding") : "",
  ]
    .filter(Boolean)
    .join(" · ");

/** @param {{goals: Schemas["GoalView"][]}} props */
const Goals = ({ goals }) =>
  goals.length
    ? html`<section aria-label=${t("goals.title")}><ol class="goals">${goals.map((goal) => html`<li key=${goal.id}>${goal.text}</li>`)}</ol></section>`
    : html`<p class="notice mind">${t("goals.none")}</p>`;

/** The one question that would settle most of what is uncertain. @param {{ask: Schemas["AskView"] | null}} props */
const Ask = ({ ask }) => ask && html`<p class="ask"><strong>${t("ask.title")}</strong> ${ask.question} ${ask.settles > 0 && html`<span class="quiet">${t("ask.settles", { count: ask.settles })}</span>`}</p>`;

/** @param {{page: Schemas["RecommendationPage"], filtered: boolean}} props */
const ListState = ({ page, filtered }) => html`
  <p class="quiet small" role="status">${t("list.considered", { count: page.considered })}${page.hidden_ineligible > 0 && ` ${t("list.hidden", { count: page.hidden_ineligible })}`}</p>
  <${Degraded} reasons=${page.degraded} />
  <${Ask} ask=${page.ask} />
  ${!page.items.length && (filtered ? html`<${Empty} kind="none" title=${t("search.none")}>${t("list.filtered.why")}<//>` : html`<${Empty} kind="done" title=${t("list.empty")}>${t("list.empty.why")}<//>`)}
`;
