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
  const amounts = moneys(row.money, row.funding).slice(0, 2);
  const funding = t(`funding.${row.funding}`);
  return html`<ul class="facts">
    ${kind && html`<li>${t(`kind.${row.kind}`)}</li>`}
    <li>${places(row)}</li>
    <li>${amounts.length ? t("funding.amounts", { funding, amounts: listed(amounts, "unit") }) : funding}</li>
    <li>${t("seen", { when: distance(row.last_seen_at, now) })}</li>
  </ul>`;
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
