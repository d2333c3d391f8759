/** Where I am signed in, and the keys that let programs act for me. */
import { useState } from "preact/hooks";
import { call } from "../api.js";
import { dayOf, distance } from "../format.js";
import { html } from "../html.js";
import { useAnswer } from "../loading.js";
import { Field, FormProblem } from "../parts/fields.js";
import { Ending, Once } from "../parts/once.js";
import { SettingsHead } from "../parts/settings_head.js";
import { Answered } from "../parts/states.js";
import { say, sayProblem } from "../parts/toast.js";
import { given, text, useSending } from "../sending.js";
import { listed, t } from "../words.js";

/** @typedef {import("../api.js").Schemas} Schemas */

export const accessNeeds = () => [{ path: "/sessions" }, { path: "/keys" }];

/** @param {{me: Schemas["Me"]}} props */
export const Access = ({ me }) => html`<${SettingsHead} me=${me} tab="access" /><${Sessions} /><${Keys} me=${me} />`;

function Sessions() {
  const now = new Date();
  const asked = useAnswer(/** @returns {Promise<Schemas["SessionPage"]>} */ (signal) => call("GET", "/sessions", { signal }), "sessions");
  /** @param {Schemas["SessionView"]} one */
  const end = (one) => call("DELETE", `/sessions/${one.id}`).then(() => (asked.again(), say(t("access.ended"))), sayProblem);
  return html`<section aria-labelledby="sessions-title"><h2 id="sessions-title">${t("access.sessions")}</h2>
    <p class="quiet small">${t("access.sessions.about")}</p>
    <${Answered} asked=${asked} rows=${1}>${(/** @type {Schemas["SessionPage"]} */ page) => html`<ul class="rows">${page.items.map((one) => html`<li class="row beside" key=${one.id}><div>
      <h3 tabindex="-1">${one.bearer ? t("access.program") : device(one.user_agent)} ${one.current && html`<span class="tag fits">${t("access.this_one")}</span>`}</h3>
      <p class="quiet small">${t("access.seen", { when: distance(one.last_seen_at, now), since: distance(one.created_at, now) })} ${t("access.until", { when: distance(one.expires_at, now) })}</p></div>
      ${!one.current && html`<button type="button" onClick=${() => end(one)}>${t("access.end")}<span class="unseen"> ${device(one.user_agent)}</span></button>`}</li>`)}</ul>`}<//>
  </section>`;
}

const BROWSERS = /(Firefox|Edg|OPR|Chrome|Safari)\/[\d.]+/;
const SYSTEMS = /(Windows|Android|iPhone|iPad|Mac OS|Linux)/;
/** A browser by the names people know; unknown ones as they call themselves. @param {string} agent */
function device(agent) {
  const browser = agent.match(BROWSERS)?.[1];
  const system = agent.match(SYSTEMS)?.[1];
  return browser && system ? t("access.device", { browser: { Edg: "Edge", OPR: "Opera" }[browser] ?? browser, system }) : agent.slice(0, 80) || t("access.unknown_device");
}

/** @param {{me: Schemas["Me"]}} props */
function Keys({ me }) {
  const now = new Date();
  const asked = useAnswer(/** @returns {Promise<Schemas["KeyPage"]>} */ (signal) => call("GET", "/keys", { signal }), "keys");
  const [made, setMade] = useState(/** @type {Schemas["NewKeyView"] | null} */ (null));
  return html`<section aria-labelledby="keys-title"><h2 id="keys-title">${t("access.keys")}</h2>
    <p class="quiet small">${t("access.keys.about")}</p>
    ${made ? html`<${Once} title=${t("access.key_made", { name: made.name })} secrets=${[{ name: t("access.key"), value: made.key }]} done=${() => setMade(null)} />` : html`<${NewKey} me=${me} made=${(/** @type {Schemas["NewKeyView"]} */ key) => (setMade(key), asked.again())} />`}
    <${Answered} asked=${asked} rows=${1}>${(/** @type {Schemas["KeyPage"]} */ page) => (page.items.length ? html`<ul class="rows">${page.items.map((one) => html`<${Key} key=${one.id} one=${one} now=${now} changed=${asked.again} />`)}</ul>` : html`<p class="quiet">${t("access.no_keys")}</p>`)}<//>
  </section>`;
}

const SCOPES = /** @type {const} */ (["read", "write", "administer"]);
/** @param {readonly string[]} given in the order in which they grow */
const scopes = (given) => SCOPES.filter((scope) => given.includes(scope));

/** @param {{one: Schemas["KeyView"], now: Date, changed: () => void}} props */
const Key = ({ one, now, changed }) => html`<li class="row"><article aria-labelledby=${one.id}>
  <h3 id=${one.id} tabindex="-1">${one.name} ${one.state !== "active" && html`<span class="tag failed">${t(`key_state.${one.state}`)}</span>`}</h3>
  <p class="quiet small"><code>${one.prefix}…</code> · ${[
    listed(scopes(one.scopes).map((scope) => t(`scope.${scope}`))),
    one.last_used_at ? t("access.used", { when: distance(one.last_used_at, now) }) : t("access.never_used"),
    one.expires_at ? t("access.expires", { day: dayOf(one.expires_at) }) : t("access.for_ever"),
  ].join(" · ")}</p>
  ${one.state === "active" && html`<${Ending} label=${t("access.revoke")} about=${one.name} why=${t("access.revoke.why")} act=${() => call("DELETE", `/keys/${one.id}`).then(() => (changed(), say(t("access.revoked", { name: one.name }))))} />`}
</article></li>`;

/** @param {{me: Schemas["Me"], made: (key: Schemas["NewKeyView"]) => void}} props */
function NewKey({ me, made }) {
  const { form, busy, problem, send } = useSending();
  /** @param {Event} event */
  const make = (event) => {
    const data = given(event);
    return send(async () => made(await call("POST", "/keys", { body: { name: text(data, "name") ?? "", scopes: data.getAll("scopes"), days: Number(data.get("days")) || null } })));
  };
  return html`<details class="sheet"><summary>${t("access.new_key")}</summary><form ref=${form} class="wide-form" onSubmit=${make} aria-label=${t("access.new_key")}>
    <${FormProblem} problem=${problem} />
    <div class="fields">
      <${Field} label=${t("access.key_for")} name="name" required maxlength="100" autocomplete="off" problem=${problem} />
      <${Field} label=${t("access.key_days")} name="days" choices=${[30, 365].map((count) => ({ value: String(count), words: t("access.days", { count }) })).concat({ value: "0", words: t("access.for_ever") })} defaultValue="365" problem=${problem} />
    </div>
    <fieldset><legend>${t("access.may")}</legend>${scopes(me.scopes).map((scope) => html`<label class="check" key=${scope}><input type="checkbox" name="scopes" value=${scope} defaultChecked=${scope === "read"} /> ${t(`scope.${scope}`)}</label>`)}</fieldset>
    <button class="primary" disabled=${busy}>${t("access.make_key")}</button></form></details>`;
}
