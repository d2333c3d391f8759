/** One mentee: the goals, the ranked list with its reasons, and the actions on each row. */
import { useMemo, useState } from "preact/hooks";
import { call } from "../api.js";
import { country } from "../format.js";
import { html } from "../html.js";
import { useAnswer, useDrawn, usePages } from "../loading.js";
import { Beside } from "../parts/beside.js";
import { Tell } from "../parts/eligibility.js";
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
  const { list, decide, drop } = useRanked(id, address);
  const [forwarding, setForwarding] = useState(/** @type {Schemas["RecommendationView"] | null} */ (null));
  const told = () => (mentee.again(), list.again());
  const rowOf = useDrawn((/** @type {Schemas["RecommendationView"]} */ item) => html`<${Recommendation} key=${item.opportunity.id} item=${item} now=${new Date()}
    told=${told} mentee=${{ id, name: mentee.value?.name ?? "" }} forward=${() => setForwarding(item)} decide=${(/** @type {any} */ decision, /** @type {string} */ words) => decide(item, decision, words)} />`);
  const awaited = useAnswer(/** @returns {Promise<Schemas["RecommendationPage"]>} */ (signal) => call("GET", `/mentees/${id}/recommendations`, { signal, query: EXPECTED }), id);

  // the same elements for as long as nothing of theirs changes: they are not even compared
  const known = list.value?.items, expected = awaited.value?.items;
  const year = useMemo(() => html`<${Year} now=${new Date()} rows=${[...(known ?? []), ...(expected ?? [])].map(({ opportunity }) => opportunity)} />`, [known, expected]);
  const filters = useMemo(() => html`<${Filters} address=${address} />`, [address]);

  /** @param {Schemas["ForwardView"]} forward @param {string} words */
  const forwarded = (forward, words) => {
    setForwarding((now) => (now === forwarding ? null : now)); // another may have been opened meanwhile
    if (forwarding) drop(forwarding);
    const undo = () => call("POST", `/forwards/${forward.id}/undo`).then(() => (say(t("forward.undone")), list.again()));
    say(words, forward.state === "held" || forward.state === "copied" ? undo : undefined);
  };
  if (mentee.problem) return html`<${Heading} title=${t("mentee.title")} /><${Failed} problem=${mentee.problem} again=${() => (told(), awaited.again())} />`;
  if (!mentee.value) return html`<${Loading} />`;
  return html`
    <${Head} mentee=${mentee.value} changed=${mentee.again} told=${told} />
    ${!list.problem && year /* drawn without its marks, it would say that there is nothing */}
    <section aria-labelledby="list-title" aria-busy=${list.loading}>
        <h2 id="list-title">${list.value ? t("list.title_count", { count: list.value.total }) : t("list.title")}</h2>
        ${filters}
        <${StaleList} kinds=${address.searchParams.getAll("kind")} />
        <${Answered} asked=${list}>${(/** @type {Schemas["RecommendationPage"]} */ page) => html`<${ListState} page=${page} mentee=${mentee.value} told=${told} filtered=${filterQuery(address.searchParams).size > 0} />`}<//>
        ${list.value && html`<ol class="rows ranked">${list.value.items.map(rowOf)}</ol>`}
        <${More} list=${list} />
    </section>
    ${forwarding && html`<${ForwardDialog} mentee=${mentee.value} opportunity=${forwarding.opportunity} goalId=${forwarding.match?.goal_id}
      done=${forwarded} close=${() => setForwarding(null)} />`}
  `;
}

/** The list, and what is done about its rows without opening anything. @param {string} id @param {URL} address */
function useRanked(id, address) {
  const list = /** @type {ReturnType<typeof usePages<Schemas["RecommendationPage"]>>} */ (usePages(`/mentees/${id}/recommendations`, listQuery(address)));

  /** @param {Schemas["RecommendationView"]} gone */
  const drop = (gone) => {
    const place = focused();
    list.change((page) => ({ ...page, items: page.items.filter((item) => item.opportunity.id !== gone.opportunity.id), total: page.total - 1 }));
    if (place >= 0) focusRowSoon(place);
  };

  /** @param {Schemas["RecommendationView"]} item @param {Parameters<import("../parts/recommendation.js").Decide>[0]} decision @param {string} words */
  const decide = async (item, decision, words) => {
    const path = `/mentees/${id}/decisions`;
    const takeBack = () => call("DELETE", `${path}/${item.opportunity.id}`);
    try {
      const made = decision ? await call("POST", path, { body: { opportunity_id: item.opportunity.id, ...decision } }) : await takeBack();
      if (decision && decision.kind !== "saved") drop(item);
      else list.change((page) => ({ ...page, items: page.items.map((one) => (one.opportunity.id === item.opportunity.id ? { ...one, decision: made } : one)) }));
      say(words, decision ? () => takeBack().then(() => (say(t("decision.undone")), list.again())) : undefined);
    } catch (error) {
      sayProblem(error);
    }
  };
  return { list, decide, drop };
}

/** Who it is, what they want, and what is kept beside. @param {{mentee: Schemas["MenteeView"], changed: () => void, told: () => void}} props */
const Head = ({ mentee, changed, told }) => html`<div class="heading-row">
    <${Heading} title=${mentee.name}><p class="quiet">${facts(mentee)}</p><${Mentors} mentee=${mentee} changed=${changed} /><//>
    <p class="no-print actions"><a class="button" href=${`/mentees/${mentee.id}/edit`}>${t("mentees.edit")}</a><a class="button" href=${`/mentees/${mentee.id}/meeting`}>${t("meeting.short")}</a></p>
  </div>
  <${NoMail} mentee=${mentee} changed=${changed} />
  <${Goals} goals=${mentee.goals} />
  <${Beside} mentee=${mentee} told=${told} />`;

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

/** The one question that settles most of what is uncertain, answered here where a fact is the answer; one that settles a single call stands beside it. @param {{ask: Schemas["AskView"] | null} & import("../parts/eligibility.js").Teller} props */
const Ask = ({ ask, mentee, told }) => ask && ask.settles > 1 && html`<div class="ask"><p><strong>${t("ask.title")}</strong> ${ask.question} <span class="quiet">${t("ask.settles", { count: ask.settles })}</span></p>
  ${ask.fact && html`<${Tell} key=${ask.fact} mentee=${mentee} fact=${ask.fact} told=${told} />`}</div>`;

/** @param {{page: Schemas["RecommendationPage"], filtered: boolean} & import("../parts/eligibility.js").Teller} props */
const ListState = ({ page, filtered, mentee, told }) => html`
  <p class="quiet small" role="status">${t("list.considered", { count: page.considered })}${page.hidden_ineligible > 0 && ` ${t("list.hidden", { count: page.hidden_ineligible })}`}</p>
  <${Degraded} reasons=${page.degraded} />
  <${Ask} ask=${page.ask} mentee=${mentee} told=${told} />
  ${!page.items.length && (filtered ? html`<${Empty} kind="none" title=${t("search.none")}>${t("list.filtered.why")}<//>` : html`<${Empty} kind="done" title=${t("list.empty")}>${t("list.empty.why")}<//>`)}
`;
