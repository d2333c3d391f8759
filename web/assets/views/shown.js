/** What was shown of a mentee, and when: each list as it was served, with its reasons of that day. */
import { useState } from "preact/hooks";
import { go } from "../address.js";
import { call } from "../api.js";
import { day, instantIn } from "../format.js";
import { html } from "../html.js";
import { useAnswer, usePages } from "../loading.js";
import { Answered, Empty, Heading, More } from "../parts/states.js";
import { named, t } from "../words.js";

/** @typedef {import("../api.js").Schemas} Schemas */
/** @typedef {{rank: number, opportunity: {id: string, title: string, organisation: string, kind: Schemas["Kind"]}, status?: string, deadline?: {on?: string | null} | null, reasons?: {line?: string}}} Served one row of a kept list */

/** @param {URL} address */
function listQuery(address) {
  const query = new URLSearchParams({ limit: "20" });
  if (address.searchParams.get("on")) query.set("on", address.searchParams.get("on") ?? "");
  return query;
}

/** @param {string} id @param {URL} address */
export const shownNeeds = (id, address) => [{ path: `/mentees/${id}` }, { path: `/mentees/${id}/rankings`, query: listQuery(address) }];

/** @param {{id: string, address: URL}} props */
export function Shown({ id, address }) {
  const mentee = useAnswer(/** @returns {Promise<Schemas["MenteeView"]>} */ (signal) => call("GET", `/mentees/${id}`, { signal }), id);
  const list = /** @type {ReturnType<typeof usePages<Schemas["RankingPage"]>>} */ (usePages(`/mentees/${id}/rankings`, listQuery(address)));
  const on = address.searchParams.get("on") ?? "";
  /** @param {any} event */
  const choose = (event) => go(`${address.pathname}${event.target.value ? `?on=${event.target.value}` : ""}`, { replace: true });
  return html`
    <${Heading} title=${t("shown.title")} above=${html`<p class="kicker"><a href=${`/mentees/${id}`}>${mentee.value?.name ?? t("mentee.title")}</a></p>`}><p class="quiet">${t("shown.about")}</p><//>
    <form class="narrowing" aria-label=${t("shown.on")} onSubmit=${(/** @type {Event} */ event) => event.preventDefault()}><label>${t("shown.on")}<input type="date" defaultValue=${on} onChange=${choose} /></label></form>
    <${Answered} asked=${list}>${(/** @type {Schemas["RankingPage"]} */ page) =>
      page.items.length
        ? html`<ol class="rows">${page.items.map((row) => html`<${Kept} key=${row.ranking.id} row=${row} />`)}</ol>`
        : on
          ? html`<${Empty} kind="none" title=${t("shown.none_then")}>${t("shown.none_then.why", { day: day(on) })}<//>`
          : html`<${Empty} title=${t("shown.none")}>${t("shown.none.why")}<//>`}<//>
    <${More} list=${list} />`;
}

/** @param {{row: Schemas["RankingRow"]}} props */
function Kept({ row }) {
  const filters = Object.keys(row.filters).length;
  return html`<li class="row"><article>
    <h2 tabindex="-1">${instantIn(row.created_at)}</h2>
    <p class="quiet small">${t("shown.calls", { count: row.items })} · ${t(`shown.mode.${row.ranking.mode}`)}${filters > 0 && ` · ${t("filters.active", { count: filters })}`}</p>
    <${List} id=${row.ranking.id} />
  </article></li>`;
}

/** Asked for when it is opened. @param {{id: string}} props */
function List({ id }) {
  const [open, setOpen] = useState(false);
  return html`<details onToggle=${(/** @type {any} */ event) => event.target.open && setOpen(true)}><summary>${t("shown.list")}</summary>${open && html`<${Calls} id=${id} />`}</details>`;
}

/** @param {{id: string}} props */
function Calls({ id }) {
  const asked = useAnswer(/** @returns {Promise<Schemas["RankingView"]>} */ (signal) => call("GET", `/rankings/${id}`, { signal }), id);
  return html`<${Answered} asked=${asked} rows=${1}>${(/** @type {Schemas["RankingView"]} */ kept) => html`<ol class="served">${/** @type {Served[]} */ (/** @type {unknown} */ (kept.items)).map(({ opportunity, reasons }) => html`<li key=${opportunity.id}>
    <a href=${`/opportunities/${opportunity.id}`}>${opportunity.title}</a> <span class="quiet">${[named("kind", opportunity.kind), opportunity.organisation].filter(Boolean).join(" · ")}</span>
    ${reasons?.line && html`<p class="small">${reasons.line}</p>`}</li>`)}</ol>`}<//>`;
}
