/** Webhooks: programs that are told of events, how each fares, and what was sent to it. */
import { useState } from "preact/hooks";
import { call } from "../api.js";
import { distance, instantIn } from "../format.js";
import { html } from "../html.js";
import { useAnswer, usePages } from "../loading.js";
import { Field, FormProblem } from "../parts/fields.js";
import { Narrowing, narrowed, narrowingIn, useAbout } from "../parts/narrowing.js";
import { Ending, Once } from "../parts/once.js";
import { SettingsHead } from "../parts/settings_head.js";
import { Answered, Empty, More } from "../parts/states.js";
import { say, sayProblem } from "../parts/toast.js";
import { given, text, useFirstField, useSending } from "../sending.js";
import { listed, named, t } from "../words.js";

/** @typedef {import("../api.js").Schemas} Schemas */

const EVENTS = /** @type {const} */ (["opportunity.new", "opportunity.changed", "opportunity.closed", "opportunity.withdrawn", "forward.replied"]);
export const webhooksNeeds = () => [{ path: "/webhooks" }];

/** @param {{me: Schemas["Me"]}} props */
export function WebhooksView({ me }) {
  const list = useAnswer(/** @returns {Promise<Schemas["Webhooks"]>} */ (signal) => call("GET", "/webhooks", { signal }), "webhooks");
  const [secret, setSecret] = useState(/** @type {Schemas["NewWebhook"] | null} */ (null));
  /** @param {Schemas["NewWebhook"]} made */
  const took = (made) => (setSecret(made), list.again());
  return html`
    <${SettingsHead} me=${me} tab="webhooks"><p class="quiet">${t("webhooks.about")}</p><//>
    ${secret
      ? html`<${Once} title=${t("webhooks.secret_of", { name: called(secret) })} secrets=${[{ name: t("webhooks.secret"), value: secret.secret }]} done=${() => setSecret(null)} />`
      : html`<details class="sheet"><summary>${t("webhooks.new")}</summary><${Written} keep=${(/** @type {any} */ body) => call("POST", "/webhooks", { body }).then(took)} label=${t("webhooks.make")} /></details>`}
    <${Answered} asked=${list}>${(/** @type {Schemas["Webhooks"]} */ page) =>
      page.items.length ? html`<ul class="rows" aria-label=${t("settings.webhooks")}>${page.items.map((hook) => html`<${Hook} key=${hook.id} hook=${hook} changed=${list.again} rotated=${took} />`)}</ul>` : html`<${Empty} title=${t("webhooks.none")}>${t("webhooks.none.why")}<//>`}<//>`;
}

/** @param {Schemas["WebhookView"]} hook */
const called = (hook) => hook.name || hook.url.replace(/^https?:\/\/([^/?#]*).*$/, "$1");

/** @param {Schemas["WebhookView"]} hook */
const stateOf = (hook) => (hook.paused_at ? "failing" : !hook.active ? "off" : hook.failures ? "doubtful" : "on");

/** @param {{hook: Schemas["WebhookView"], changed: () => void, rotated: (made: Schemas["NewWebhook"]) => void}} props */
function Hook({ hook, changed, rotated }) {
  const [editing, setEditing] = useState(false);
  const [tries, setTries] = useState(0);
  const path = `/webhooks/${hook.id}`;
  const of = html`<span class="unseen"> ${called(hook)}</span>`;
  const state = stateOf(hook);
  const about = useAbout(hook.filters);
  /** Whatever its version is: a webhook is nobody's but mine. @param {Record<string, unknown>} body */
  const patch = (body) => call("PATCH", path, { body, version: "*" }).then(changed);
  /** @param {boolean} active */
  const turn = (active) => patch({ active }).then(() => say(t(active ? "webhooks.turned_on" : "webhooks.turned_off"), () => patch({ active: !active })), sayProblem);
  const ping = () => call("POST", `${path}/ping`).then(() => (say(t("webhooks.pinged")), setTries(tries + 1), changed()), sayProblem);
  return html`<li class="row"><article aria-labelledby=${hook.id}>
    <h2 id=${hook.id} tabindex="-1">${called(hook)} <span class="tag ${state === "on" ? "fits" : "mind"}">${t(`webhooks.is.${state}`)}</span></h2>
    <p class="quiet small">${hook.url}<br />${[listed(hook.events.map((event) => named("event", event))), ...about, ...narrowed(hook.filters), hook.only_held ? t("webhooks.held_only") : ""].filter(Boolean).join(" · ")}</p>
    ${hook.paused_at && html`<p class="notice mind">${t("webhooks.paused")} ${hook.paused_because}</p>`}
    ${hook.old_secret_until && html`<p class="quiet small">${t("webhooks.both_secrets", { when: instantIn(hook.old_secret_until) })}</p>`}
    ${editing
      ? html`<${Written} hook=${hook} label=${t("person.save")} keep=${(/** @type {any} */ body) => patch(body).then(() => (setEditing(false), say(t("person.saved"))))} close=${() => setEditing(false)} />`
      : html`<div class="actions">
          <button type="button" onClick=${ping}>${t("webhooks.ping")}${of}</button>
          <button type="button" onClick=${() => setEditing(true)}>${t("mentees.edit")}${of}</button>
          <button type="button" onClick=${() => turn(state === "off" || state === "failing")}>${t(state === "off" || state === "failing" ? "webhooks.turn_on" : "webhooks.turn_off")}${of}</button>
          <${Ending} label=${t("webhooks.rotate")} about=${called(hook)} why=${t("webhooks.rotate.why")} act=${() => call("POST", `${path}/secret`).then(rotated)} />
          <${Ending} label=${t("templates.delete")} about=${called(hook)} why=${t("webhooks.delete.why")} act=${() => call("DELETE", path).then(() => (changed(), say(t("webhooks.deleted"))))} />
        </div>`}
    <${Sent} path=${path} tries=${tries} />
  </article></li>`;
}

/** @param {{hook?: Schemas["WebhookView"], label: string, keep: (body: Record<string, unknown>) => Promise<unknown>, close?: () => void}} props */
function Written({ hook, label, keep, close }) {
  const { form, busy, problem, send } = useSending();
  useFirstField(form, Boolean(hook));
  /** @param {Event} event */
  const submit = (event) => {
    const data = given(event);
    return send(() => keep({ url: text(data, "url") ?? "", name: text(data, "name") ?? "", events: data.getAll("events"), only_held: data.has("only_held"), filters: narrowingIn(data, hook?.filters) }));
  };
  return html`<form ref=${form} class=${hook ? "within" : "wide-form"} onSubmit=${submit} aria-label=${hook ? t("mentees.edit") : t("webhooks.new")}>
    <${FormProblem} problem=${problem} />
    <div class="fields"><${Field} label=${t("watched.address")} hint=${t("webhooks.url.hint")} name="url" type="url" required maxlength="2048" autocomplete="off" defaultValue=${hook?.url ?? ""} problem=${problem} />
      <${Field} label=${t("fact.name")} hint=${t("feeds.name.hint")} name="name" maxlength="100" autocomplete="off" defaultValue=${hook?.name ?? ""} problem=${problem} /></div>
    <fieldset><legend>${t("webhooks.events")}</legend>${EVENTS.map((event) => html`<label class="check" key=${event}><input type="checkbox" name="events" value=${event} defaultChecked=${hook ? hook.events.includes(event) : event === "opportunity.new"} /> ${named("event", event)}</label>`)}</fieldset>
    <${Narrowing} mentees given=${hook?.filters ?? {}} />
    <label class="check"><input type="checkbox" name="only_held" defaultChecked=${hook?.only_held} /> ${t("webhooks.held_only")}</label>
    <div class="actions"><button class="primary" disabled=${busy}>${label}</button>${close && html`<button type="button" class="plain" onClick=${close}>${t("action.cancel")}</button>`}</div></form>`;
}

/** What was sent, looked at anew after each trial. @param {{path: string, tries: number}} props */
function Sent({ path, tries }) {
  const [open, setOpen] = useState(false);
  return html`<details onToggle=${(/** @type {any} */ event) => event.target.open && setOpen(true)}><summary>${t("webhooks.deliveries")}</summary>${open && html`<${Deliveries} key=${tries} path=${path} />`}</details>`;
}

/** @param {{path: string}} props */
function Deliveries({ path }) {
  const now = new Date();
  const list = /** @type {ReturnType<typeof usePages<Schemas["DeliveryPage"]>>} */ (usePages(`${path}/deliveries`));
  /** @param {string} id */
  const replay = (id) => call("POST", `${path}/deliveries/${id}/replay`).then(() => (list.again(), say(t("webhooks.replayed"))), sayProblem);
  return html`<${Answered} asked=${list} rows=${1}>${(/** @type {Schemas["DeliveryPage"]} */ page) =>
      page.items.length
        ? html`<ul class="plainlist">${page.items.map((one) => html`<li key=${one.id}><span class="tag ${one.state}">${named("outgoing", one.state)}</span> ${named("event", String(one.event.type ?? ""))}
            <span class="quiet small">${distance(one.created_at, now)}${one.response_status ? ` · ${t("webhooks.answered", { status: String(one.response_status) })}` : ""}${one.last_error ? ` · ${one.last_error}` : ""}</span>
            ${one.state !== "queued" && html` <button type="button" class="small" onClick=${() => replay(one.id)}>${t("webhooks.replay")}<span class="unseen"> ${named("event", String(one.event.type ?? ""))}</span></button>`}</li>`)}</ul>`
        : html`<p class="quiet">${t("webhooks.nothing_sent")}</p>`}<//>
    <${More} list=${list} />
    <p><button type="button" onClick=${list.again}>${t("webhooks.look_again")}</button></p>`;
}
