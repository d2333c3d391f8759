/** What is covered and how well, for everybody: every source, how it went lately, what it leaves out. Nothing about anybody. */
import { call } from "../api.js";
import { distance, shortInstant } from "../format.js";
import { html } from "../html.js";
import { useAnswer } from "../loading.js";
import { Outward } from "../parts/facts.js";
import { Foot, Top } from "../parts/shell.js";
import { Answered, Empty, Heading } from "../parts/states.js";
import { Trend } from "../parts/trend.js";
import { KINDS } from "../vocabulary.js";
import { listed, named, t } from "../words.js";

/** @typedef {import("../api.js").Schemas} Schemas */

const TONE = { fresh: "fits", stale: "mind", never: "mind", off: "" };

export function Coverage() {
  const now = new Date();
  const asked = useAnswer(/** @returns {Promise<Schemas["CoveragePage"]>} */ (signal) => call("GET", "/coverage", { signal }), "coverage");
  return html`<${Top} />
    <main id="main" tabindex="-1">
      <${Heading} title=${t("nav.coverage")}><p class="quiet">${t("coverage.about")}</p><//>
      <${Answered} asked=${asked}>${(/** @type {Schemas["CoveragePage"]} */ found) =>
        found.items.length
          ? html`<${Summary} page=${found} now=${now} /><${Sources} items=${found.items} now=${now} />`
          : html`<${Empty} title=${t("coverage.none")}>${t("coverage.none.why")}<//>`}<//>
    </main>
    <${Foot} />`;
}

/** @param {{page: Schemas["CoveragePage"], now: Date}} props */
function Summary({ page, now }) {
  const on = page.items.filter((one) => one.freshness !== "off").length;
  return html`<p><strong>${counts(page.open) || t("coverage.nothing_open")}</strong> ${t("coverage.from", { count: on, all: page.items.length })}
    ${" "}${page.last_healthy_at ? t("coverage.read_well", { when: distance(page.last_healthy_at, now) }) : t("coverage.never_well")}
    <span class="quiet"> ${t("coverage.counting", { count: page.stale_after_hours })}</span></p>`;
}

/** Those that are on, one by one; those that are off, by why. @param {{items: Schemas["CoveredSource"][], now: Date}} props */
function Sources({ items, now }) {
  const off = items.filter((one) => one.freshness === "off");
  const reasons = [...new Set(off.map((one) => one.off_because))];
  return html`<h2>${t("coverage.on")}</h2>
    <ul class="rows">${items.filter((one) => !off.includes(one)).map((one) => html`<${Row} key=${one.name} one=${one} now=${now} />`)}</ul>
    ${off.length > 0 && html`<h2>${t("coverage.off")}</h2>`}
    ${reasons.map((why) => html`<div key=${why} class="row off"><p><strong>${t("coverage.why")}</strong> ${why || t("coverage.switched_off")}</p>
      <ul class="facts">${off.filter((one) => one.off_because === why).map((one) => html`<li key=${one.name}><${Name} one=${one} /></li>`)}</ul></div>`)}`;
}

/** @param {{one: Schemas["CoveredSource"]}} props */
const Name = ({ one }) =>
  one.homepage
    ? html`<${Outward} plain href=${one.homepage}>${one.title}<//>`
    : one.title;

/** @param {{one: Schemas["CoveredSource"], now: Date}} props */
function Row({ one, now }) {
  const trouble = one.trouble.map((code) => named("trouble", code));
  return html`<li class="row covered">
    <div>
      <h3><${Name} one=${one} /></h3>
      <p><span class="tag ${TONE[one.freshness]}">${t(`freshness.${one.freshness}`)}</span>
        <span class="quiet">${one.last_healthy_at ? t("coverage.read_well_at", { when: distance(one.last_healthy_at, now), at: shortInstant(one.last_healthy_at) }) : t("coverage.never")}</span></p>
      <p>${counts(one.open) || t("coverage.nothing_now")} <span class="quiet">· ${listed(one.kinds.map((kind) => t(`kind.${kind}`)), "unit")}</span></p>
      ${trouble.length > 0 && html`<p><strong>${t("coverage.last_time")}</strong> ${trouble.join("; ")}.</p>`}
      ${one.gaps && html`<p><strong>${t("coverage.gaps")}</strong> ${one.gaps}</p>`}
    </div>
    <${Trend} nights=${one.trend} />
  </li>`;
}

/** @param {Schemas["OpenCounts"]} open */
const counts = (open) =>
  listed(
    KINDS.filter((kind) => open[kind]).map((kind) => t(`count.${kind}`, { count: open[kind] })),
    "unit",
  );
