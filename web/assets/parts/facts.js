/** The small parts of a row: time, place, money, freshness, and the way to its page. */
import { deadline, distance, moneys, places } from "../format.js";
import { html } from "../html.js";
import { listed, t } from "../words.js";

/** @typedef {import("../api.js").Schemas} Schemas */

/**
 * How long there is, and until when exactly. Where no date decides, that comes first which is known.
 *
 * @param {{row: Schemas["OpportunityRow"], now: Date}} props
 */
export function Deadline({ row, now }) {
  const { absolute, relative } = deadline(row, now);
  const said = row.status === "unknown" && absolute === t("deadline.unknown") ? t("deadline.check") : absolute; // the status says the rest
  return html`<div class="deadline">
    <p><span class="status ${row.status}">${t(`status.${row.status}`)}</span> <strong>${relative || said}</strong></p>
    ${relative && html`<p>${absolute}</p>`}
    ${row.flags?.includes("in_review") && html`<p class="tag mind">${t("flag.in_review")}</p>`}
    ${row.flags?.includes("mended") && html`<p class="quiet small">${t("flag.mended")}</p>`}
  </div>`;
}

/** Where, for how much, and how fresh that is. @param {{row: Schemas["OpportunityRow"], now: Date, kind?: boolean}} props */
export function Facts({ row, now, kind }) {
  return html`<ul class="facts">
    ${kind && html`<li>${t(`kind.${row.kind}`)}</li>`}
    <li>${places(row)}</li>
    ${costsAndPays(row).map((words) => html`<li key=${words}>${words}</li>`)}
    <li>${t("seen", { when: distance(row.last_seen_at, now) })}</li>
  </ul>`;
}

/** What it pays or costs, and for how much; what else it names of money beside that. @param {Schemas["OpportunityRow"]} row @returns {string[]} */
function costsAndPays({ money, funding }) {
  const { own, others } = moneys(money, funding);
  const said = t(`funding.${funding}`);
  const first = own.length ? [t("funding.amounts", { funding: said, amounts: listed(own.slice(0, 2), "unit") })] : funding === "unknown" && others.length ? [] : [said];
  return [...first, ...others.slice(0, 2 - Math.min(1, own.length))];
}

/**
 * A link that leaves the page. The API gives http and https only; were it anything else it would be no link.
 *
 * @param {{href: string, plain?: boolean, children?: unknown}} props
 */
export const Outward = ({ href, plain, children }) =>
  /^https?:\/\//i.test(href)
    ? html`<a class=${plain ? "" : "out"} href=${href} target="_blank" rel="noopener noreferrer nofollow">${children}<span class="unseen"> ${t("link.new_tab")}</span></a>`
    : html`<span>${children}</span>`;
