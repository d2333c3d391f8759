/** My mentees: who they are, what they want, who has had nothing lately; found by name, added, imported, handed out. */
import { useState } from "preact/hooks";
import { go } from "../address.js";
import { call } from "../api.js";
import { distance } from "../format.js";
import { html } from "../html.js";
import { usePages } from "../loading.js";
import { Answered, Empty, Heading, More } from "../parts/states.js";
import { t } from "../words.js";

/** @typedef {import("../api.js").Schemas} Schemas */

const QUIET_FOR = 30 * 86_400_000;
const NAMES = ["programme_id", "archived", "order"];
const AT_ONCE = 60;

/** @param {URL} address */
function listQuery(address) {
  const query = new URLSearchParams({ limit: String(AT_ONCE) });
  for (const name of NAMES) if (address.searchParams.get(name)) query.set(name, address.searchParams.get(name) ?? "");
  return query;
}

/** @param {string} _id @param {URL} address */
export const menteesNeeds = (_id, address) => [{ path: "/mentees", query: listQuery(address) }];

/** By name: in the body, for a name belongs in no address. @param {URLSearchParams} query @param {AbortSignal} [signal] */
const named = (query, signal) => call("POST", "/mentees/search", { body: { ...Object.fromEntries(query), limit: AT_ONCE, archived: query.get("archived") === "true" }, ...(signal && { signal }) });

/** @param {{me: Schemas["Me"], address: URL}} props */
export function Mentees({ me, address }) {
  const now = new Date();
  const [name, setName] = useState("");
  const query = listQuery(address);
  if (name) query.set("name", name);
  const mentees = /** @type {ReturnType<typeof usePages<Schemas["MenteePage"]>>} */ (usePages(name ? "/mentees/search" : "/mentees", query, name ? named : undefined));
  const filtered = Boolean(name) || query.has("programme_id") || query.get("archived") === "true";
  return html`
    <div class="heading-row">
      <${Heading} title=${t("nav.mentees")} />
      <div class="actions no-print"><a class="button primary" href="/mentees/new">${t("mentees.add")}</a><a class="button" href="/mentees/import">${t("mentees.import")}</a></div>
    </div>
    <${Narrowing} me=${me} address=${address} name=${name} setName=${setName} />
    <${Answered} asked=${mentees}>${(/** @type {Schemas["MenteePage"]} */ page) =>
      page.items.length
        ? html`<ul class="cards" aria-busy=${mentees.loading}>${page.items.map((mentee) => html`<${Card} key=${mentee.id} mentee=${mentee} now=${now} />`)}</ul>`
        : filtered
          ? html`<${Empty} kind="none" title=${t("mentees.none_found")}>${t("mentees.none_found.why")}<//>`
          : html`<${Empty} title=${t("mentees.none")}>${t("mentees.none.why")}<//>`}<//>
    <${More} list=${mentees} />
    <p class="quiet small no-print"><a href=${`/v1/mentees/export${query.has("programme_id") ? `?programme_id=${query.get("programme_id")}` : ""}`} download="mentees.csv">${t("mentees.export")}</a> ${t("mentees.export.why")}</p>
  `;
}

/** @param {{me: Schemas["Me"], address: URL, name: string, setName: (name: string) => void}} props */
function Narrowing({ me, address, name, setName }) {
  const params = address.searchParams;
  /** @param {string} filter @param {string} value */
  const set = (filter, value) => {
    const next = new URLSearchParams(params);
    if (value) next.set(filter, value);
    else next.delete(filter);
    go(`${address.pathname}${next.size ? `?${next}` : ""}`, { replace: true });
  };
  /** @param {(value: any) => string} read */
  const on = (/** @type {string} */ filter, read = (target) => target.value) => (/** @type {any} */ event) => set(filter, read(event.target));
  return html`<form class="narrowing no-print" role="search" aria-label=${t("mentees.find")} onSubmit=${(/** @type {Event} */ event) => event.preventDefault()}>
    <label>${t("mentees.find")}<input type="search" defaultValue=${name} maxlength="200" autocomplete="off" onInput=${waiting(setName)} /></label>
    ${me.programmes.length > 1 && html`<label>${t("mentees.programme")}<select onChange=${on("programme_id")}>
      <option value="">${t("mentees.every_programme")}</option>
      ${me.programmes.map((one) => html`<option key=${one.id} value=${one.id} selected=${params.get("programme_id") === one.id}>${one.name}</option>`)}
    </select></label>`}
    <label>${t("mentees.order")}<select onChange=${on("order")}>
      <option value="">${t("mentees.order.name")}</option>
      <option value="least_recently_forwarded" selected=${params.get("order") === "least_recently_forwarded"}>${t("mentees.order.quiet")}</option>
    </select></label>
    <label class="check"><input type="checkbox" checked=${params.get("archived") === "true"} onChange=${on("archived", (target) => (target.checked ? "true" : ""))} /> ${t("mentees.archived")}</label>
  </form>`;
}

/** What is typed, once the typing has paused. @param {(words: string) => void} take */
function waiting(take) {
  return (/** @type {any} */ event) => {
    clearTimeout(paused);
    paused = setTimeout(() => take(event.target.value.trim()), 250);
  };
}
/** @type {ReturnType<typeof setTimeout> | undefined} */
let paused;

/** @param {{mentee: Schemas["MenteeView"], now: Date}} props */
function Card({ mentee, now }) {
  const last = mentee.last_forwarded_at;
  const forgotten = !last || now.getTime() - new Date(last).getTime() > QUIET_FOR;
  return html`<li class="card">
    <h2><a href=${`/mentees/${mentee.id}`}>${mentee.name}</a></h2>
    <p class="quiet">${[mentee.stage ? t(`stage.${mentee.stage}`) : t("stage.unknown"), mentee.specialty].filter(Boolean).join(" · ")}</p>
    <ul class="goals">${mentee.goals.map((goal) => html`<li key=${goal.id}>${goal.text}</li>`)}</ul>
    ${mentee.no_mail && html`<p><span class="tag mind">${t(`no_mail.${mentee.no_mail}`)}</span></p>`}
    <p class="small foot-of-card ${forgotten ? "mind" : "quiet"}">${last ? t("mentees.last_forwarded", { when: distance(last, now) }) : t("mentees.nothing_forwarded")}
      <a class="edit" href=${`/mentees/${mentee.id}/edit`}>${t("mentees.edit")}<span class="unseen"> ${mentee.name}</span></a></p>
  </li>`;
}
