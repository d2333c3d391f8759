/** What is covered and how well, for everybody: every source, how it went lately, what it leaves out. Nothing about anybody. */
import { call } from "../api.js";
import { distance, kind, shortInstant } from "../format.js";
import { html } from "../html.js";
import { useAnswer } from "../loading.js";
import { Empty, Failed, Heading, Loading } from "../parts/states.js";

/** @typedef {import("../api.js").Schemas} Schemas */

const FRESHNESS = { fresh: "Up to date", stale: "Stale", never: "Not read yet", off: "Off" };
const TONE = { fresh: "fits", stale: "mind", never: "mind", off: "" };
const VERDICT = { healthy: "healthy", suspect: "doubtful", failed: "failed" };

/** What a code means, for who does not run the crawler. @type {Record<string, string>} */
const TROUBLE = {
  blocked: "the site does not let programs read it",
  budget: "there was more than one night's reading",
  charset: "its text could not be decoded",
  database: "our own database was away",
  deferred: "the site asked us to come back later",
  egress: "it leads to where we may not go",
  empty: "its list was empty, which it usually is not",
  errors: "some of its pages could not be had",
  exception: "our own program failed",
  few: "far fewer calls than usual",
  field: "details that it usually gives were missing",
  interrupted: "the reading was interrupted",
  lease: "another reading took over",
  many: "far more calls than usual",
  missing: "many known calls were not there",
  no_page: "it answered without a page",
  pages: "some of the watched pages could not be read",
  past: "all its deadlines have passed",
  robots: "its robots.txt forbids it or could not be read",
  titles: "most of its titles are the same",
  too_large: "its pages were too large",
  unreachable: "it could not be reached",
  unreadable: "its pages have changed their form",
};

export function Coverage() {
  const now = new Date();
  const asked = useAnswer(/** @returns {Promise<Schemas["CoveragePage"]>} */ (signal) => call("GET", "/coverage", { signal }), "coverage");
  const found = asked.value;
  return html`<a class="skip" href="#main">Skip to the content</a>
    <header class="top"><a class="brand" href="/"><img src="/assets/icon.svg" alt="" width="26" height="26" />Opportune</a></header>
    <main id="main" tabindex="-1">
      <${Heading} title="What is covered"><p class="quiet">Where the calls come from, when each source was last read well, and what it leaves out.</p><//>
      ${asked.problem && html`<${Failed} problem=${asked.problem} again=${asked.again} />`}
      ${!found && asked.loading && html`<${Loading} what="the sources" />`}
      ${found && !found.items.length && html`<${Empty} title="Nothing was read yet">No source is known.<//>`}
      ${found && found.items.length > 0 && html`<${Summary} page=${found} now=${now} /><${Sources} items=${found.items} now=${now} />`}
    </main>`;
}

/** @param {{page: Schemas["CoveragePage"], now: Date}} props */
function Summary({ page, now }) {
  const on = page.items.filter((one) => one.freshness !== "off").length;
  return html`<p><strong>${counts(page.open) || "Nothing open"}</strong> from ${on} ${on === 1 ? "source" : "sources"} that are on, of ${page.items.length}.
    ${page.last_healthy_at ? ` Last read well ${distance(page.last_healthy_at, now)}.` : " No source was read well yet."}
    <span class="quiet"> What several sources carry counts once for each. A source is stale when it was not read well for ${page.stale_after_hours} hours.</span></p>`;
}

/** Those that are on, one by one; those that are off, by why. @param {{items: Schemas["CoveredSource"][], now: Date}} props */
function Sources({ items, now }) {
  const off = items.filter((one) => one.freshness === "off");
  const reasons = [...new Set(off.map((one) => one.off_because))];
  return html`<h2>On</h2>
    <ul class="rows">${items.filter((one) => !off.includes(one)).map((one) => html`<${Row} key=${one.name} one=${one} now=${now} />`)}</ul>
    ${off.length > 0 && html`<h2>Off</h2>`}
    ${reasons.map((why) => html`<div key=${why} class="row off"><p><strong>Why:</strong> ${why || "it was switched off"}</p>
      <ul class="facts">${off.filter((one) => one.off_because === why).map((one) => html`<li key=${one.name}><${Name} one=${one} /></li>`)}</ul></div>`)}`;
}

/** @param {{one: Schemas["CoveredSource"]}} props */
const Name = ({ one }) =>
  one.homepage
    ? html`<a href=${one.homepage} target="_blank" rel="noopener noreferrer nofollow">${one.title}<span class="unseen"> (opens in a new tab)</span></a>`
    : one.title;

/** @param {{one: Schemas["CoveredSource"], now: Date}} props */
function Row({ one, now }) {
  const trouble = one.trouble.map((code) => TROUBLE[code] ?? code);
  return html`<li class="row covered">
    <div>
      <h3><${Name} one=${one} /></h3>
      <p><span class="tag ${TONE[one.freshness]}">${FRESHNESS[one.freshness]}</span>
        <span class="quiet">${one.last_healthy_at ? html`Last read well ${distance(one.last_healthy_at, now)} (${shortInstant(one.last_healthy_at)})` : "Never read well"}</span></p>
      <p>${counts(one.open) || "Nothing open now"} <span class="quiet">· ${one.kinds.map(kind).join(", ")}</span></p>
      ${trouble.length > 0 && html`<p><strong>Last time:</strong> ${trouble.join("; ")}.</p>`}
      ${one.gaps && html`<p><strong>Known gaps:</strong> ${one.gaps}</p>`}
    </div>
    ${one.trend.length > 0 && html`<${Trend} nights=${one.trend} />`}
  </li>`;
}

const WIDE = 9;
const HIGH = 40;

/** How many calls each of the last crawls found, as bars and in words. @param {{nights: Schemas["NightView"][]}} props */
function Trend({ nights }) {
  const most = Math.max(1, ...nights.map((night) => night.items));
  const words = nights.map((night) => `${night.items}${night.verdict === "healthy" ? "" : ` (${VERDICT[night.verdict]})`}`).join(", ");
  const label = `Found in the last ${nights.length === 1 ? "crawl" : `${nights.length} crawls`}: ${words}`;
  return html`<figure class="trend">
    <svg role="img" aria-label=${label} width=${nights.length * WIDE} height=${HIGH} viewBox="0 0 ${nights.length * WIDE} ${HIGH}">
      ${nights.map((night, at) => {
        const tall = Math.max(2, Math.round(((HIGH - 2) * night.items) / most));
        return html`<rect key=${night.at} class=${night.verdict} x=${at * WIDE + 1} y=${HIGH - tall} width=${WIDE - 2} height=${tall} rx="1"></rect>`;
      })}
    </svg>
    <figcaption class="quiet small">${label}</figcaption>
  </figure>`;
}

/** @param {Schemas["OpenCounts"]} open */
const counts = (open) =>
  Object.entries(open)
    .filter(([, count]) => count)
    .map(([name, count]) => `${count} ${PLURAL[name]?.[count === 1 ? 0 : 1] ?? name}`)
    .join(", ");

/** @type {Record<string, [string, string]>} */
const PLURAL = {
  fellowship: ["fellowship", "fellowships"],
  internship: ["internship", "internships"],
  workshop: ["workshop", "workshops"],
  journal_call: ["journal call", "journal calls"],
};
