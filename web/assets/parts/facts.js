/** The small parts of a row: time, place, money, freshness, and whether one may apply. */
import { deadline, distance, kind, money, places } from "../format.js";
import { html } from "../html.js";
import { FUNDING, STATUS, VERDICT } from "../words.js";

/** @typedef {import("../api.js").Schemas} Schemas */

/** @param {{row: Schemas["OpportunityRow"], now: Date}} props */
export function Deadline({ row, now }) {
  const { absolute, relative } = deadline(row, now);
  return html`<p class="deadline">
    <span class="status ${row.status}">${STATUS[row.status]}</span> <strong>${absolute}</strong>${relative && html` <span class="quiet">${relative}</span>`}
    ${row.flags?.includes("in_review") && html`<span class="tag mind">Being checked: the page is not plain</span>`}
    ${row.flags?.includes("mended") && html`<span class="quiet small">Put right by a person</span>`}
  </p>`;
}

/** @param {{row: Schemas["OpportunityRow"], now: Date}} props */
export function Facts({ row, now }) {
  const amounts = row.money.map(money).filter(Boolean).slice(0, 2);
  return html`<ul class="facts">
    <li>${kind(row.kind)}</li>
    <li>${places(row)}</li>
    <li>${FUNDING[row.funding]}${amounts.length > 0 && ` (${amounts.join(", ")})`}</li>
    <li class="quiet">Seen ${distance(row.last_seen_at, now)}</li>
  </ul>`;
}

const SIGN = { eligible: "✓", ineligible: "✕", unknown: "?" };

/** @param {{eligibility: Schemas["EligibilityView"]}} props */
export function Eligibility({ eligibility }) {
  const { verdict, requirements, question } = eligibility;
  return html`<details class="verdict ${verdict}" open=${verdict !== "eligible"}>
    <summary><span aria-hidden="true">${SIGN[verdict]}</span> ${VERDICT[verdict]}${question && html`<span class="quiet">: ${question}</span>`}</summary>
    ${requirements.length
      ? html`<ul>
          ${requirements.map(
            (requirement) => html`<li>
              <span class="unseen">${VERDICT[requirement.verdict]}: </span><span aria-hidden="true">${SIGN[requirement.verdict]}</span> <q>${requirement.quote}</q>
              ${requirement.gap && html` <span class="quiet">${requirement.gap}</span>`}
            </li>`,
          )}
        </ul>`
      : html`<p class="quiet">The page states no requirement that we could read. Check it before you send.</p>`}
  </details>`;
}
