/** The record: who saw, changed and sent what, and when; the newest first, by day. It holds no text that anybody wrote. */
import { go } from "../address.js";
import { call } from "../api.js";
import { day } from "../format.js";
import { html } from "../html.js";
import { useAnswer, usePages } from "../loading.js";
import { Administration } from "../parts/administration_head.js";
import { Field } from "../parts/fields.js";
import { RecordLine, localDay } from "../parts/record_line.js";
import { Answered, Empty, More } from "../parts/states.js";
import { named, t } from "../words.js";

/** @typedef {import("../api.js").Schemas} Schemas */

const NAMES = ["actor_id", "action", "object_id", "since", "until"];
const MENTORS = new URLSearchParams({ limit: "100" });
const AT_ONCE = "100";
/** What people look for; any other action of the API can stand in the address. */
const ACTIONS = ["read", "mentee.create", "mentee.change", "mentee.export", "mentee.erase", "mentee.mentor.add", "mentee.mentor.remove", "cohort.import", "cohort.export", "forward.create", "forward.undo", "forward.export", "recommendation.export", "reply.create", "session.open", "account.invite", "account.join", "account.reset", "account.revoke", "account.role", "programme.mentor.set", "programme.mentor.remove", "key.create", "feed.create", "webhook.create", "review.mend", "review.refuse", "watch.add", "crawl.request"];
/** What is no programme's own, and so the administrators' to see. */
const EVERYWHERE = ["session.open", "account.reset", "account.revoke", "account.role", "key.create", "feed.create", "webhook.create", "review.mend", "review.refuse", "watch.add", "crawl.request"];

/** The filters of an address as the API's query: a day begins where the reader is. @param {URL} address */
function queryOf({ searchParams }) {
  const query = new URLSearchParams({ limit: AT_ONCE });
  for (const name of NAMES) {
    const value = searchParams.get(name);
    if (value) query.set(name, name === "since" ? beginOf(value, 0) : name === "until" ? beginOf(value, 1) : value);
  }
  return query;
}

/** @param {string} date @param {number} later days */
function beginOf(date, later) {
  const [year = 0, month = 1, on = 1] = date.split("-").map(Number);
  const begins = new Date(year, month - 1, on + later);
  return Number.isNaN(begins.getTime()) ? date : begins.toISOString();
}

/** @param {string} _id @param {URL} address */
export const recordNeeds = (_id, address) => [{ path: "/audit", query: queryOf(address) }, { path: "/mentors", query: MENTORS }];

/** @param {{me: Schemas["Me"], address: URL}} props */
export const Record = ({ me, address }) => html`<${Administration} me=${me} tab="record"><${Trail} me=${me} address=${address} /><//>`;

/** @param {{me: Schemas["Me"], address: URL}} props */
function Trail({ me, address }) {
  const list = /** @type {ReturnType<typeof usePages<Schemas["AuditPage"]>>} */ (usePages("/audit", queryOf(address)));
  const narrowed = NAMES.some((name) => address.searchParams.get(name));
  return html`
    <${Filters} me=${me} address=${address} narrowed=${narrowed} />
    <${Answered} asked=${list}>${(/** @type {Schemas["AuditPage"]} */ page) =>
      page.items.length
        ? byDay(page.items).map(([on, entries]) => html`<section key=${on} aria-labelledby=${`on-${on}`}><h2 id=${`on-${on}`}>${day(on)}</h2>
            <ol class="rows record">${entries.map((entry) => html`<${RecordLine} key=${entry.id} entry=${entry} />`)}</ol></section>`)
        : html`<${Empty} kind=${narrowed ? "none" : "first"} title=${t("record.none")}>${t(narrowed ? "record.none_found.why" : "record.none.why")}<//>`}<//>
    <${More} list=${list} />`;
}

/** @param {readonly Schemas["AuditEntryView"][]} entries @returns {[string, Schemas["AuditEntryView"][]][]} */
function byDay(entries) {
  /** @type {Map<string, Schemas["AuditEntryView"][]>} */
  const days = new Map();
  for (const entry of entries) days.set(localDay(entry.at), [...(days.get(localDay(entry.at)) ?? []), entry]);
  return [...days];
}

/** @param {{me: Schemas["Me"], address: URL, narrowed: boolean}} props */
function Filters({ me, address, narrowed }) {
  const people = useAnswer(/** @returns {Promise<Schemas["AccountPage"]>} */ (signal) => call("GET", "/mentors", { query: MENTORS, signal }), "mentors");
  const value = (/** @type {string} */ name) => address.searchParams.get(name) ?? "";
  /** @param {URLSearchParams} query */
  const show = (query) => go(`${address.pathname}${query.size ? `?${query}` : ""}`, { replace: true });
  /** @param {Event} event */
  const onChange = (event) => {
    const given = new FormData(/** @type {HTMLFormElement} */ (/** @type {HTMLInputElement} */ (event.target).form));
    show(new URLSearchParams(NAMES.map((name) => [name, String(given.get(name) ?? "")]).filter(([, words]) => words)));
  };
  const known = (people.value?.items ?? []).map(({ id, name, email }) => ({ value: id, words: name || email }));
  const actions = ACTIONS.filter((code) => me.role === "administrator" || !EVERYWHERE.includes(code));
  const whose = value("actor_id") && !known.some((one) => one.value === value("actor_id")) ? [...known, { value: value("actor_id"), words: "…" }] : known;
  return html`<div class="filters"><form key=${narrowed} aria-label=${t("filters.title")} onChange=${onChange} onSubmit=${(/** @type {Event} */ event) => event.preventDefault()}>
    <input type="hidden" name="object_id" value=${value("object_id")} />
    <div class="fields few">
      <${Field} label=${t("record.who")} name="actor_id" value=${value("actor_id")} choices=${[{ value: "", words: t("forwarded.filter.anybody") }, ...whose]} />
      <${Field} label=${t("record.what")} name="action" value=${value("action")} choices=${[{ value: "", words: t("record.anything") }, ...actions.map((code) => ({ value: code, words: named("deed", code) }))]} />
      <${Field} label=${t("record.since")} name="since" type="date" value=${value("since")} />
      <${Field} label=${t("record.until")} name="until" type="date" value=${value("until")} />
    </div>
    ${narrowed && html`<div class="chips">${value("object_id") && html`<span class="chip">${t("record.only", { id: value("object_id") })}</span>`}<button type="button" class="plain" onClick=${() => show(new URLSearchParams())}>${t("filters.clear")}</button></div>`}
  </form></div>`;
}
