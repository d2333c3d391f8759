/** Who mentors whom, all of a programme on one list: who has nobody, and who has how many. */
import { go } from "../address.js";
import { call } from "../api.js";
import { html } from "../html.js";
import { useAnswer, usePages } from "../loading.js";
import { Administration } from "../parts/administration_head.js";
import { Field } from "../parts/fields.js";
import { Mentors } from "../parts/mentors.js";
import { Answered, Empty, More } from "../parts/states.js";
import { t } from "../words.js";
import { PROGRAMMES } from "./people.js";

/** @typedef {import("../api.js").Schemas} Schemas */

/** @param {URL} address */
const queryOf = (address) => new URLSearchParams({ limit: "100", ...(address.searchParams.get("programme_id") ? { programme_id: address.searchParams.get("programme_id") ?? "" } : {}) });

/** @param {string} _id @param {URL} address */
export const mentoringNeeds = (_id, address) => [{ path: "/mentees", query: queryOf(address) }, { path: "/programmes", query: PROGRAMMES }];

/** @param {{me: Schemas["Me"], address: URL}} props */
export const Mentoring = ({ me, address }) => html`<${Administration} me=${me} tab="mentoring"><${Pairs} address=${address} /><//>`;

/** @param {{address: URL}} props */
function Pairs({ address }) {
  const programmes = useAnswer(/** @returns {Promise<Schemas["ProgrammePage"]>} */ (signal) => call("GET", "/programmes", { query: PROGRAMMES, signal }), "programmes");
  const list = /** @type {ReturnType<typeof usePages<Schemas["MenteePage"]>>} */ (usePages("/mentees", queryOf(address)));
  const known = programmes.value?.items ?? [];
  const show = (/** @type {any} */ event) => go(`${address.pathname}${event.target.value ? `?programme_id=${event.target.value}` : ""}`, { replace: true });
  return html`
    ${known.length > 1 && html`<div class="narrowing"><${Field} label=${t("mentees.programme")} name="programme_id" choices=${[{ value: "", words: t("mentees.every_programme") }, ...known.map(({ id, name }) => ({ value: id, words: name }))]} defaultValue=${address.searchParams.get("programme_id") ?? ""} onChange=${show} /></div>`}
    <${Answered} asked=${list}>${(/** @type {Schemas["MenteePage"]} */ page) =>
      page.items.length
        ? html`<${Load} page=${page} /><ul class="rows" aria-busy=${list.loading}>${page.items.map((mentee) => html`<${Pair} key=${mentee.id} mentee=${mentee} changed=${list.again} />`)}</ul>`
        : html`<${Empty} title=${t("mentees.none")}>${t("mentoring.none.why")}<//>`}<//>
    <${More} list=${list} />`;
}

/** How many each mentor has, the most first: so that nobody is given too many. @param {{page: Schemas["MenteePage"]}} props */
function Load({ page }) {
  /** @type {Map<string, {name: string, count: number}>} */
  const mentors = new Map();
  for (const { id, name } of page.items.flatMap((mentee) => mentee.mentors)) mentors.set(id, { name, count: (mentors.get(id)?.count ?? 0) + 1 });
  const sorted = [...mentors.values()].sort((a, b) => b.count - a.count || a.name.localeCompare(b.name));
  return html`<ul class="facts load" aria-label=${t("mentoring.load")}>${sorted.map(({ name, count }) => html`<li key=${name}>${t("mentoring.has", { name, count })}</li>`)}</ul>`;
}

/** @param {{mentee: Schemas["MenteeView"], changed: () => void}} props */
const Pair = ({ mentee, changed }) => html`<li class="row"><article aria-labelledby=${mentee.id}>
  <h2 id=${mentee.id}><a href=${`/mentees/${mentee.id}`}>${mentee.name}</a> ${!mentee.mentors.length && html`<span class="tag mind">${t("mentoring.nobody")}</span>`}</h2>
  <${Mentors} mentee=${mentee} changed=${changed} />
</article></li>`;
