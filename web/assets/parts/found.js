/** A row of what was found, whoever it may be for, and more like a call. */
import { call } from "../api.js";
import { html } from "../html.js";
import { useAnswer } from "../loading.js";
import { t } from "../words.js";
import { Deadline, Facts } from "./facts.js";
import { Marked, asWritten } from "./marked.js";
import { Answered, Degraded } from "./states.js";

/** @typedef {import("../api.js").Schemas} Schemas */

/** @param {{row: Schemas["OpportunityRow"], now: Date, sentence?: string, words?: readonly string[], level?: "h2" | "h3"}} props */
export const FoundRow = ({ row, now, sentence, words = [], level: Level = "h2" }) => html`<li class="row"><article class="offer" aria-labelledby=${`title-${row.id}`}>
  <div>
    <p class="kicker">${t(`kind.${row.kind}`)} · ${row.organisation || t("organisation.unknown")}</p>
    <${Level} id=${`title-${row.id}`}><a href=${`/opportunities/${row.id}`}>${row.title}</a><//>
    ${sentence ? html`<p class="why"><${Marked} sentence=${sentence} words=${words} /></p>` : row.summary && html`<p class="clamped">${asWritten(row.summary)}</p>`}
  </div>
  <div class="when"><${Deadline} row=${row} now=${now} /><${Facts} row=${row} now=${now} /></div>
</article></li>`;

/** @param {string} id */
export const similarNeed = (id) => ({ path: `/opportunities/${id}/similar`, query: new URLSearchParams({ limit: "6" }) });

/** Others that can be gone for and are most like this one. @param {{id: string, now: Date}} props */
export function MoreLike({ id, now }) {
  const { path, query } = similarNeed(id);
  const asked = useAnswer(/** @returns {Promise<Schemas["FoundPage"]>} */ (signal) => call("GET", path, { query, signal }), id);
  return html`<section class="part no-print" aria-labelledby="similar"><h2 id="similar">${t("similar.title")}</h2>
    <${Answered} asked=${asked} rows=${2}>${(/** @type {Schemas["FoundPage"]} */ page) => html`
      <${Degraded} reasons=${page.degraded} />
      ${page.items.length
        ? html`<ol class="rows">${page.items.map((found) => html`<${FoundRow} key=${found.opportunity.id} row=${found.opportunity} sentence=${found.sentence} words=${found.words} now=${now} level="h3" />`)}</ol>`
        : html`<p class="quiet">${t("similar.none")}</p>`}`}<//>
  </section>`;
}
