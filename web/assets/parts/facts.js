/** The small parts of a row: time, place, money, freshness, and whether one may apply. */
import { deadline, distance, moneys, places } from "../format.js";
import { html } from "../html.js";
import { listed, t } from "../words.js";

/** @typedef {import("../api.js").Schemas} Schemas */

/** @param {{row: Schemas["OpportunityRow"], now: Date}} props */
export function Deadline({ row, now }) {
  const { absolute, relative } = deadline(row, now);
  return html`<p class="deadline">
    <span class="status ${row.status}">${t(`status.${row.status}`)}</span> <strong>${absolute}</strong>${relative && html` <span class="quiet">${relative}</span>`}
    ${row.flags?.includes("in_review") && html`<span class="tag mind">${t("flag.in_review")}</span>`}
    ${row.flags?.includes("mended") && html`<span class="quiet small">${t("flag.mended")}</span>`}
  </p>`;
}

/** @param {{row: Schemas["OpportunityRow"], now: Date}} props */
export function Facts({ row, now }) {
  const amounts = moneys(row.money).slice(0, 2);
  return html`<ul class="facts">
    <li>${t(`kind.${row.kind}`)}</li>
    <li>${places(row)}</li>
    <li>${amounts.length ? t("funding.amounts", { funding: t(`funding.${row.funding}`), amounts: listed(amounts, "unit") }) : t(`funding.${row.funding}`)}</li>
    <li class="quiet">${t("seen", { when: distance(row.last_seen_at, now) })}</li>
  </ul>`;
}

const SIGN = { eligible: "✓", ineligible: "✕", unknown: "?" };

/** @param {{eligibility: Schemas["EligibilityView"]}} props */
export function Eligibility({ eligibility }) {
  const { verdict, requirements, question } = eligibility;
  return html`<details class="verdict ${verdict}" open=${verdict !== "eligible"}>
    <summary><span aria-hidden="true">${SIGN[verdict]}</span> ${t(`verdict.${verdict}`)}${question && html`<span class="quiet">: ${question}</span>`}</summary>
    ${requirements.length
      ? html`<ul>
          ${requirements.map(
            (requirement, index) => html`<li key=${index}>
              <span class="unseen">${t(`verdict.${requirement.verdict}`)}: </span><span class="sign" aria-hidden="true">${SIGN[requirement.verdict]}</span> <q>${requirement.quote}</q>
              ${requirement.gap && html` <span class="quiet">${requirement.gap}</span>`}
            </li>`,
          )}
        </ul>`
      : html`<p class="quiet">${t("verdict.no_requirement")}</p>`}
  </details>`;
}

/** A link that leaves the page. @param {{href: string, plain?: boolean, children?: unknown}} props */
export const Outward = ({ href, plain, children }) =>
  html`<a class=${plain ? "" : "out"} href=${href} target="_blank" rel="noopener noreferrer nofollow">${children}<span class="unseen"> ${t("link.new_tab")}</span></a>`;
