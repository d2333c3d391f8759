/** One call: everything known, each thing with the words it came from, and which of my mentees it suits. */
import { call } from "../api.js";
import { distance, expected, moment, moments, shortInstant } from "../format.js";
import { html } from "../html.js";
import { useAnswer } from "../loading.js";
import { Board } from "../parts/board.js";
import { Deadline, Facts, Outward } from "../parts/facts.js";
import { MoreLike, similarNeed } from "../parts/found.js";
import { Quote, asWritten } from "../parts/marked.js";
import { StaleCall, unreadNeed } from "../parts/staleness.js";
import { Failed, Heading, Loading } from "../parts/states.js";
import { Trust } from "../parts/trust.js";
import { rich, t } from "../words.js";

/** @typedef {import("../api.js").Schemas} Schemas */

/** @param {string} id */
export const opportunityNeeds = (id) => [{ path: `/opportunities/${id}` }, { path: `/opportunities/${id}/mentees` }, similarNeed(id), unreadNeed];

/** @param {{id: string}} props */
export function Opportunity({ id }) {
  const now = new Date();
  const asked = useAnswer(/** @returns {Promise<Schemas["OpportunityView"]>} */ (signal) => call("GET", `/opportunities/${id}`, { signal }), id);
  const found = asked.value;
  if (asked.problem) return html`<${Heading} title=${t("call.title")} /><${Failed} problem=${asked.problem} again=${asked.again} />`;
  if (!found) return html`<${Loading} />`;
  return html`
    <${Heading} title=${found.title}><p class="quiet">${found.organisation || t("organisation.unknown")}</p><//>
    <${Deadline} row=${found} now=${now} />
    <${Facts} row=${found} now=${now} kind />
    <p><${Outward} href=${found.url}>${t("call.read_at", { host: found.host })}<//></p>
    <${StaleCall} call=${found} />
    <div class="two">
      <div>
        <section aria-labelledby="about"><h2 id="about">${t("call.says")}</h2>
          ${paragraphs(found.description || found.summary, found.title).map((text, at, all) => html`<p key=${text} class=${isHeading(text, all[at + 1]) ? "lead" : ""}>${asWritten(text)}</p>`)}
        </section>
        <${Dates} call=${found} />
        <${Asked} requirements=${found.requirements} />
        <${Trust} reasons=${found.trust} />
        <${Editions} series=${found.series} />
        <${Where} call=${found} now=${now} />
      </div>
      <${Board} call=${found} />
    </div>
    <${MoreLike} id=${id} now=${now} />
  `;
}

/** What a page says, without its heading, which stands above. @param {string} text @param {string} title */
const paragraphs = (text, title) => text.split(/\n{1,}/).map((part) => part.trim()).filter((part) => part && part !== title).slice(0, 60);

/** Whether a short line without an end stands above a longer one, as a page's own headings do. @param {string} text @param {string} [next] */
const isHeading = (text, next = "") => text.length <= 60 && !/[.!?;,:…”"]$/.test(text) && !/^[-•*\d]/.test(text) && next.length > 80;

/** @param {{call: Schemas["OpportunityView"]}} props */
function Dates({ call: found }) {
  return html`<section aria-labelledby="dates"><h2 id="dates">${t("call.dates")}</h2>
    ${found.timing === "rolling" && html`<p>${t("deadline.rolling")}</p>`}
    ${found.expected && html`<p>${expected(found.expected)}</p>`}
    <dl class="dates">
      ${found.deadlines.map(
        (deadline) => html`<div key=${deadline.quote + deadline.purpose}>
          <dt>${(!deadline.superseded && deadline.label) || t(`purpose.${deadline.purpose}`)}${deadline.optional && ` ${t("call.optional")}`}</dt>
          <dd>${deadline.superseded ? html`<s>${moment(deadline)}</s> <span class="quiet">${t("call.replaced")}</span>` : moment(deadline)}${deadline.quote && html`<br /><${Quote} quiet text=${deadline.quote} />`}</dd>
        </div>`,
      )}
      ${moments(found).map(({ name, value }) => html`<div key=${name}><dt>${name}</dt><dd>${moment(value)}${value.quote && html`<br /><${Quote} quiet text=${value.quote} />`}</dd></div>`)}
    </dl>
    ${!found.deadlines.length && !found.expected && found.timing === "unknown" && html`<p class="quiet">${t("call.no_deadline")}</p>`}
    <${History} changes=${found.changes} />
  </section>`;
}

/** How its dates came to be what they are, the newest first. @param {{changes: Schemas["ChangeView"][]}} props */
const History = ({ changes }) =>
  changes.length > 0
    ? html`<h3>${t("call.changed")}</h3><ol class="history">${changes.map(
        (change) => html`<li key=${change.id}><span class="quiet small">${shortInstant(change.new_read_at)}</span><br />
          ${rich("call.change", { what: t(`change.${change.kind}`), old: quoted(change.old_quote, change.old), new: quoted(change.new_quote, change.new) })}</li>`,
      )}</ol>`
    : null;

/** @param {string} quote @param {unknown} value */
const quoted = (quote, value) => html`<${Quote} text=${quote || String(value ?? t("call.not_stated"))} />`;

/** A sentence that names several, such as professions, is shown once. @param {Schemas["RequirementView"][]} requirements */
const once = (requirements) => [...new Map(requirements.map((one) => [one.quote + one.type, one])).values()];

/** @param {{requirements: Schemas["RequirementView"][]}} props */
const Asked = ({ requirements }) =>
  requirements.length
    ? html`<section aria-labelledby="asked"><h2 id="asked">${t("call.who")}</h2><ul>${once(requirements).map((requirement) => html`<li key=${requirement.quote + requirement.type}><span class="tag">${t(`requirement.${requirement.type}`)}</span> <${Quote} text=${requirement.quote} /></li>`)}</ul></section>`
    : null;

/** @param {{series: Schemas["SeriesView"] | null}} props */
const Editions = ({ series }) =>
  series?.editions.length
    ? html`<section aria-labelledby="editions"><h2 id="editions">${t("call.editions")}</h2>
        <ul>${series.editions.map(
          (edition) => html`<li key=${edition.id}><a href=${`/opportunities/${edition.id}`}>${edition.edition || edition.title}</a>
            <span class="status ${edition.status}">${t(`status.${edition.status}`)}</span>
            <span class="quiet">${edition.expected ? expected(edition.expected) : edition.closes_at ? shortInstant(edition.closes_at) : ""}</span></li>`,
        )}</ul>
      </section>`
    : null;

/** @param {{call: Schemas["OpportunityView"], now: Date}} props */
const Where = ({ call: found, now }) => html`<section aria-labelledby="where"><h2 id="where">${t("call.where")}</h2>
  <ul>${found.postings.map(
    (posting) => html`<li key=${posting.source + posting.url}><${Outward} plain href=${posting.url}>${posting.source_title}<//> <span class="quiet">${t("seen", { when: distance(posting.last_seen_at, now) })}</span></li>`,
  )}</ul>
</section>`;
