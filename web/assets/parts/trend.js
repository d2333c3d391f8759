/** How many calls each of the last crawls found: a line, with a mark for each crawl that was not healthy, and in words. */
import { html } from "../html.js";
import { t } from "../words.js";

/** @typedef {import("../api.js").Schemas} Schemas */
/** @typedef {{night: Schemas["NightView"], x: number, y: number}} Point */

/** As many as the API tells of: the last crawl stands at the same place in every row. */
const NIGHTS = 14;
const STEP = 9;
const HIGH = 36;
const EDGE = 5;
const WIDE = (NIGHTS - 1) * STEP + 2 * EDGE;

/** @param {{nights: readonly Schemas["NightView"][], caption?: boolean}} props `caption`: the words stand below, too */
export function Trend({ nights, caption = true }) {
  if (!nights.length) return null;
  const label = t("coverage.trend", { count: nights.length, words: nights.map(inWords).join(", ") });
  const points = placed(nights);
  return html`<figure class="trend">
    <svg role="img" aria-label=${label} width=${WIDE} height=${HIGH} viewBox="0 0 ${WIDE} ${HIGH}">
      <line class="ground" x1="0" x2=${WIDE} y1=${HIGH - 1} y2=${HIGH - 1} />
      <polyline points=${points.map(({ x, y }) => `${x},${y}`).join(" ")} />
      ${points.map((point) => html`<${Mark} key=${point.night.at} point=${point} isLast=${point === points.at(-1)} />`)}
    </svg>
    ${caption && html`<figcaption class="quiet small">${label}</figcaption>`}
  </figure>`;
}

/** @param {Schemas["NightView"]} night */
const inWords = (night) => `${night.items}${night.verdict === "healthy" ? "" : ` (${t(`crawl.${night.verdict}`)})`}`;

/** Time runs as the writing does. @param {readonly Schemas["NightView"][]} nights @returns {Point[]} */
function placed(nights) {
  const most = Math.max(1, ...nights.map(({ items }) => items));
  const isMirrored = document.documentElement.dir === "rtl";
  return nights.slice(-NIGHTS).map((night, at, shown) => ({
    night,
    x: EDGE + (isMirrored ? shown.length - 1 - at : NIGHTS - shown.length + at) * STEP,
    y: HIGH - EDGE - Math.round(((HIGH - 2 * EDGE) * night.items) / most),
  }));
}

/** A ring for a doubtful crawl, a cross for one that failed; of the healthy ones only the last is marked. @param {{point: Point, isLast: boolean}} props */
function Mark({ point: { night, x, y }, isLast }) {
  if (night.verdict === "suspect") return html`<circle class="suspect" cx=${x} cy=${y} r="3" />`;
  if (night.verdict === "failed") return html`<path class="failed" d=${`M${x - 3} ${y - 3}l6 6M${x + 3} ${y - 3}l-6 6`} />`;
  return isLast ? html`<circle class="healthy" cx=${x} cy=${y} r="2.5" />` : null;
}
