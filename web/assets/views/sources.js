/** Where the calls come from and how well that goes: a stale source is said plainly. */
import { call } from "../api.js";
import { distance, kind } from "../format.js";
import { html } from "../html.js";
import { useAnswer } from "../loading.js";
import { Empty, Failed, Heading, Loading } from "../parts/states.js";

/** @typedef {import("../api.js").Schemas} Schemas */

export function Sources() {
  const now = new Date();
  const list = useAnswer(/** @returns {Promise<Schemas["SourcePage"]>} */ (signal) => call("GET", "/sources", { signal }), "sources");
  return html`
    <${Heading} title="Sources"><p class="quiet">How each went lately and what it leaves out is on the <a href="/coverage">coverage page</a>, which everybody may see.</p><//>
    ${list.problem && html`<${Failed} problem=${list.problem} again=${list.again} />`}
    ${!list.value && list.loading && html`<${Loading} what="the sources" />`}
    ${list.value && !list.value.items.length && html`<${Empty} title="Nothing was read yet">Run “opportune crawl”.<//>`}
    ${list.value &&
    list.value.items.length > 0 &&
    html`<div class="scrolling" tabindex="0" role="region" aria-label="Sources"><table>
      <thead><tr><th scope="col">Source</th><th scope="col">Kinds</th><th scope="col">State</th><th scope="col">Last good crawl</th><th scope="col" class="number">Open</th></tr></thead>
      <tbody>${list.value.items.map((source) => html`<tr key=${source.name}>
        <th scope="row"><a href=${source.homepage} target="_blank" rel="noopener noreferrer nofollow">${source.title}<span class="unseen"> (opens in a new tab)</span></a></th>
        <td>${source.kinds.map(kind).join(", ")}</td>
        <td>${state(source)}</td>
        <td>${source.last_healthy_at ? distance(source.last_healthy_at, now) : "Never"}</td>
        <td class="number">${source.open_items}</td>
      </tr>`)}</tbody>
    </table></div>`}
  `;
}

/** @param {Schemas["SourceView"]} source */
function state(source) {
  if (!source.enabled) return html`<span class="tag">Off</span> <span class="quiet">${source.disabled_reason}</span>`;
  const verdict = source.last_run?.verdict;
  const why = verdict && verdict !== "healthy" ? source.last_run?.reasons.join("; ") : "";
  return html`<span class="tag ${source.stale ? "mind" : "fits"}">${source.stale ? "Stale" : "Healthy"}</span>${why && html` <span class="quiet">${why}</span>`}`;
}
