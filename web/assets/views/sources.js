/** Where the calls come from and how well that goes: those that need somebody first; coordinators can have them read now. */
import { call } from "../api.js";
import { distance } from "../format.js";
import { html } from "../html.js";
import { useAnswer } from "../loading.js";
import { Outward } from "../parts/facts.js";
import { ReadNow, Wishes, useWishes } from "../parts/reading_now.js";
import { Answered, Empty, Heading } from "../parts/states.js";
import { Trend } from "../parts/trend.js";
import { listed, named, rich, t } from "../words.js";

/** @typedef {import("../api.js").Schemas} Schemas */

export const sourcesNeeds = () => [{ path: "/sources" }];

/** @param {{me: Schemas["Me"]}} props */
export function Sources({ me }) {
  const now = new Date();
  const list = useAnswer(/** @returns {Promise<Schemas["SourcePage"]>} */ (signal) => call("GET", "/sources", { signal }), "sources");
  const wishes = useWishes(me.role !== "mentor", list.again);
  return html`
    <${Heading} title=${t("nav.sources")}><p class="quiet">${rich("sources.about", { link: html`<a href="/coverage">${t("sources.coverage_page")}</a>` })}</p><//>
    <${Answered} asked=${{ ...list, again: () => (list.again(), wishes.again()) }}>${(/** @type {Schemas["SourcePage"]} */ page) =>
      page.items.length
        ? html`<${Summary} page=${page} now=${now} /><${Wishes} wishes=${wishes} sources=${page.items} now=${now} /><${Sheet} items=${inOrder(page.items)} wishes=${wishes} now=${now} /><${Off} items=${page.items.filter(({ enabled }) => !enabled)} />`
        : html`<${Empty} title=${t("coverage.none")}>${t("sources.none.why", { command: "opportune crawl" })}<//>`}<//>
  `;
}

/** @param {Schemas["SourceView"]} source */
const verdictOf = ({ last_run: run }) => run?.verdict ?? "healthy";

/** How much a source that is on needs somebody: stale, then doubtful or failed last time, then well. @param {Schemas["SourceView"]} source */
const rank = (source) => (source.stale ? 0 : verdictOf(source) === "healthy" ? 2 : 1);

/** @param {readonly Schemas["SourceView"][]} items */
const inOrder = (items) => items.filter(({ enabled }) => enabled).sort((a, b) => rank(a) - rank(b) || a.title.localeCompare(b.title));

/** @param {{page: Schemas["SourcePage"], now: Date}} props */
function Summary({ page, now }) {
  const on = page.items.filter(({ enabled }) => enabled);
  const bad = on.filter((source) => rank(source) < 2).length;
  return html`<dl class="tally">
    <div class="new"><dt>${t("sources.count.well")}</dt><dd>${on.length - bad}</dd></div>
    <div class=${bad ? "cannot" : "nought"}><dt>${t("sources.count.look")}</dt><dd>${bad}</dd></div>
    <div class="nought"><dt>${t("sources.count.off")}</dt><dd>${page.items.length - on.length}</dd></div>
    <div><dt>${t("sources.last_good")}</dt><dd class="words">${page.last_healthy_at ? distance(page.last_healthy_at, now) : t("sources.never")}</dd></div>
  </dl>`;
}

/** @param {{items: Schemas["SourceView"][], wishes: import("../parts/reading_now.js").WishList, now: Date}} props */
const Sheet = ({ items, wishes, now }) => html`<div class="scrolling" tabindex="0" role="region" aria-label=${t("nav.sources")}><table>
  <thead><tr><th scope="col">${t("sources.source")}</th><th scope="col">${t("sources.state")}</th><th scope="col">${t("sources.last_good")}</th><th scope="col" class="number">${t("sources.open")}</th><th scope="col">${t("sources.lately")}</th>${wishes.may && html`<th scope="col"><span class="unseen">${t("sources.read_now")}</span></th>`}</tr></thead>
  <tbody>${items.map((source) => html`<tr key=${source.name}>
    <th scope="row"><${Outward} plain href=${source.homepage}>${source.title}<//><span class="quiet small block">${listed(source.kinds.map((kind) => t(`kind.${kind}`)), "unit")}</span></th>
    <td><${State} source=${source} /></td>
    <td>${source.last_healthy_at ? distance(source.last_healthy_at, now) : t("sources.never")}</td>
    <td class="number">${source.open_items}</td>
    <td><${Trend} nights=${source.trend} caption=${false} /></td>
    ${wishes.may && html`<td><${ReadNow} wishes=${wishes} source=${source} /></td>`}
  </tr>`)}</tbody>
</table></div>`;

/** @param {{source: Schemas["SourceView"]}} props */
function State({ source }) {
  const [tone, words] = source.stale ? ["mind", t("sources.stale")] : rank(source) < 2 ? ["mind", t(`crawl.${verdictOf(source)}`)] : ["fits", t("sources.healthy")];
  return html`<span class="tag ${tone}">${words}</span>
    ${source.trouble.length > 0 && html`<span class="quiet small block">${source.trouble.map((code) => named("trouble", code)).join("; ")}</span>`}
    ${source.gaps && html`<details class="gaps"><summary>${t("sources.gaps")}</summary><p class="small">${source.gaps}</p></details>`}`;
}

/** Those that are off, by why. @param {{items: readonly Schemas["SourceView"][]}} props */
function Off({ items }) {
  if (!items.length) return null;
  const reasons = [...new Set(items.map((source) => source.disabled_reason))];
  return html`<details class="sheet off-sources"><summary>${t("sources.are_off", { count: items.length })}</summary>${reasons.map(
    (why) => html`<div key=${why}><p><strong>${why || t("coverage.switched_off")}</strong></p>
      <ul class="facts">${items.filter((source) => source.disabled_reason === why).map((source) => html`<li key=${source.name}><${Outward} plain href=${source.homepage}>${source.title}<//></li>`)}</ul></div>`,
  )}</details>`;
}
