/** Where the calls come from and how well that goes: a stale source is said plainly. */
import { call } from "../api.js";
import { distance } from "../format.js";
import { html } from "../html.js";
import { useAnswer } from "../loading.js";
import { Outward } from "../parts/facts.js";
import { Answered, Empty, Heading } from "../parts/states.js";
import { listed, rich, t } from "../words.js";

/** @typedef {import("../api.js").Schemas} Schemas */

export const sourcesNeeds = () => [{ path: "/sources" }];

export function Sources() {
  const list = useAnswer(/** @returns {Promise<Schemas["SourcePage"]>} */ (signal) => call("GET", "/sources", { signal }), "sources");
  return html`
    <${Heading} title=${t("nav.sources")}><p class="quiet">${rich("sources.about", { link: html`<a href="/coverage">${t("sources.coverage_page")}</a>` })}</p><//>
    <${Answered} asked=${list}>${(/** @type {Schemas["SourcePage"]} */ page) =>
      page.items.length ? html`<${Sheet} items=${page.items} now=${new Date()} />` : html`<${Empty} title=${t("coverage.none")}>${t("sources.none.why", { command: "opportune crawl" })}<//>`}<//>
  `;
}

/** @param {{items: Schemas["SourceView"][], now: Date}} props */
const Sheet = ({ items, now }) => html`<div class="scrolling" tabindex="0" role="region" aria-label=${t("nav.sources")}><table>
  <thead><tr><th scope="col">${t("sources.source")}</th><th scope="col">${t("sources.kinds")}</th><th scope="col">${t("sources.state")}</th><th scope="col">${t("sources.last_good")}</th><th scope="col" class="number">${t("sources.open")}</th></tr></thead>
  <tbody>${items.map((source) => html`<tr key=${source.name}>
    <th scope="row"><${Outward} plain href=${source.homepage}>${source.title}<//></th>
    <td>${listed(source.kinds.map((kind) => t(`kind.${kind}`)), "unit")}</td>
    <td><${State} source=${source} /></td>
    <td>${source.last_healthy_at ? distance(source.last_healthy_at, now) : t("sources.never")}</td>
    <td class="number">${source.open_items}</td>
  </tr>`)}</tbody>
</table></div>`;

/** @param {{source: Schemas["SourceView"]}} props */
function State({ source }) {
  if (!source.enabled) return html`<span class="tag">${t("sources.off")}</span> <span class="quiet">${source.disabled_reason}</span>`;
  const verdict = source.last_run?.verdict;
  const why = verdict && verdict !== "healthy" ? source.last_run?.reasons.join("; ") : "";
  return html`<span class="tag ${source.stale ? "mind" : "fits"}">${source.stale ? t("sources.stale") : t("sources.healthy")}</span>${why && html` <span class="quiet">${why}</span>`}`;
}
