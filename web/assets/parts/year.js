/** The year ahead, drawn: each deadline a point, each expected window a span as wide as it is uncertain. */
import { useState } from "preact/hooks";
import { day, deadline, month } from "../format.js";
import { go } from "../address.js";
import { html } from "../html.js";
import { t } from "../words.js";

/** @typedef {import("../api.js").Schemas} Schemas */
/** @typedef {{row: Schemas["OpportunityRow"], at: number, spread: number}} Mark  `at` and `spread` are days from today */

const DAY = 86_400_000;
const DAYS = 366;
const WIDE = 1000;
const LANE = 15;
const TOP = 24;
/** Always as many lanes, so that nothing below moves when the marks come. */
const LANES = 5;
const HIGH = TOP + LANES * LANE + 8;

/**
 * What has a day in the coming year, the earliest first.
 *
 * @param {readonly Schemas["OpportunityRow"][]} rows
 * @param {Date} now
 * @returns {Mark[]}
 */
function marksOf(rows, now) {
  const away = (/** @type {string} */ instant) => (new Date(instant).getTime() - now.getTime()) / DAY;
  return rows
    .flatMap((row) => {
      if (row.closes_at && row.deadline) return [{ row, at: away(row.closes_at), spread: 0 }];
      return row.expected ? [{ row, at: away(`${row.expected.on}T12:00:00Z`), spread: row.expected.days }] : [];
    })
    .filter(({ at }) => at >= 0 && at <= DAYS)
    .sort((a, b) => a.at - b.at);
}

/**
 * The lane of each mark: the first that is free where it stands, else the one that is free the longest.
 *
 * @param {readonly Mark[]} marks
 * @returns {number[]}
 */
function lanesOf(marks) {
  const free = Array.from({ length: LANES }, () => -Infinity);
  return marks.map(({ at, spread }) => {
    const open = free.findIndex((until) => until <= at - spread);
    const lane = open >= 0 ? open : free.indexOf(Math.min(...free));
    free[lane] = at + Math.max(spread, 3) + 3;
    return lane;
  });
}

/** @param {{rows: readonly Schemas["OpportunityRow"][], now: Date}} props */
export function Year({ rows, now }) {
  const marks = marksOf(rows, now);
  const lanes = lanesOf(marks);
  const windows = marks.filter(({ spread }) => spread > 0).length;
  return html`<section class="year keep" aria-labelledby="year-title">
    <h2 id="year-title">${t("year.title")}</h2>
    <div class="drawing" tabindex="0" role="region" aria-label=${t("year.title")}>
      <svg role="img" aria-label=${t("year.says", { deadlines: t("year.deadlines", { count: marks.length - windows }), windows: t("year.windows", { count: windows }) })} viewBox="0 0 ${WIDE} ${HIGH}">
        <${Months} now=${now} />
        ${marks.map((mark, index) => html`<${Drawn} key=${mark.row.id} mark=${mark} now=${now} y=${TOP + 12 + (lanes[index] ?? 0) * LANE} />`)}
        <line class="today" x1=${across(0)} x2=${across(0)} y1="18" y2=${HIGH} />
      </svg>
    </div>
    <div class="legend">
      <span><svg viewBox="0 0 20 16" aria-hidden="true"><circle class="point" cx="10" cy="8" r="6" /></svg>${t("year.deadline")}</span>
      <span><svg viewBox="0 0 20 16" aria-hidden="true"><rect class="window" x="1" y="2" width="18" height="12" rx="6" /><rect class="core" x="8.5" y="2" width="3" height="12" /></svg>${t("year.expected")}</span>
      ${marks.length > 0 && html`<${InOrder} marks=${marks} now=${now} />`}
    </div>
  </section>`;
}

/** How far along a day stands. Time runs as the writing does. @param {number} days */
const across = (days) => {
  const x = 8 + (days / DAYS) * (WIDE - 16);
  return document.documentElement.dir === "rtl" ? WIDE - x : x;
};

/** @param {{now: Date}} props */
const Months = ({ now }) =>
  Array.from({ length: 12 }, (_, ahead) => {
    const first = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1 + ahead, 1));
    const x = across((first.getTime() - now.getTime()) / DAY);
    const iso = first.toISOString().slice(0, 10);
    return html`<g key=${iso} aria-hidden="true"><line class="grid" x1=${x} x2=${x} y1="18" y2=${HIGH} /><text x=${x} y="12" text-anchor="middle">${first.getUTCMonth() ? month(iso, "short") : first.getUTCFullYear()}</text></g>`;
  });

/** @param {{mark: Mark, now: Date, y: number}} props */
function Drawn({ mark, now, y }) {
  const { row, at, spread } = mark;
  const { absolute, relative } = deadline(row, now);
  const x = across(at);
  const [from, to] = [across(Math.max(0, at - spread)), across(Math.min(DAYS, at + spread))].sort((a, b) => a - b);
  return html`<g onClick=${() => go(`/opportunities/${row.id}`)}>
    <title>${[row.title, absolute, relative].filter(Boolean).join("\n")}</title>
    ${spread > 0
      ? html`<rect class="window" x=${from} y=${y - 7} width=${Math.max(14, (to ?? 0) - (from ?? 0))} height="14" rx="7" /><rect class="core" x=${x - 1.5} y=${y - 7} width="3" height="14" />`
      : html`<circle class="point" cx=${x} cy=${y} r="6" />`}
  </g>`;
}

/** The same as a table, for whoever does not see the drawing or wants it in order: made when it is opened. @param {{marks: readonly Mark[], now: Date}} props */
function InOrder({ marks, now }) {
  const [open, setOpen] = useState(false);
  return html`<details class="sheet-of-table" onToggle=${(/** @type {any} */ event) => setOpen(event.currentTarget.open)}><summary>${t("year.table")}</summary>${open && html`<${Sheet} marks=${marks} now=${now} />`}</details>`;
}

/** @param {{marks: readonly Mark[], now: Date}} props */
const Sheet = ({ marks, now }) => html`<div class="scrolling"><table>
  <thead><tr><th scope="col">${t("field.deadline")}</th><th scope="col">${t("field.title")}</th><th scope="col">${t("field.kind")}</th></tr></thead>
  <tbody>${marks.map(({ row, spread }) => html`<tr key=${row.id}>
    <td>${spread > 0 ? deadline(row, now).absolute : row.deadline?.on ? day(row.deadline.on) : day((row.closes_at ?? "").slice(0, 10))}</td>
    <th scope="row"><a href=${`/opportunities/${row.id}`}>${row.title}</a></th>
    <td>${t(`kind.${row.kind}`)}</td>
  </tr>`)}</tbody>
</table></div>`;
