/** One account: who it is, what they are where, and what can be done about it. */
import { useState } from "preact/hooks";
import { call } from "../api.js";
import { dayOf } from "../format.js";
import { html } from "../html.js";
import { t } from "../words.js";
import { Ending, Once } from "./once.js";
import { say, sayProblem } from "./toast.js";

/** @typedef {import("../api.js").Schemas} Schemas */

/** @param {{me: Schemas["Me"], one: Schemas["AccountView"], changed: () => void}} props */
export function Account({ me, one, changed }) {
  const [link, setLink] = useState("");
  const name = one.name || one.email;
  return html`<li class="row"><article aria-labelledby=${one.id}>
    <h3 id=${one.id} tabindex="-1">${name} ${!one.active && html`<span class="tag failed">${t("people.no_access")}</span>`}${one.no_mail && html` <span class="tag mind">${t(`no_mail.${one.no_mail}`)}</span>`}${one.id === me.id && html` <span class="tag fits">${t("people.you")}</span>`}</h3>
    <p class="quiet small">${[one.email, ...placesOf(one), t("people.since", { day: dayOf(one.created_at, false) })].join(" · ")}</p>
    ${one.active && !one.has_password && html`<p class="quiet small">${t("people.no_password")}</p>`}
    ${link && html`<${Once} title=${t("people.link_for", { name })} secrets=${[{ name: t("people.link"), value: link }]} done=${() => setLink("")} />`}
    <${Deeds} me=${me} one=${one} name=${name} changed=${changed} handOver=${setLink} />
  </article></li>`;
}

/** What somebody is, from the highest down. @param {Schemas["AccountView"]} one */
const placesOf = (one) => [
  ...(one.role === "administrator" ? [t("role.administrator")] : []),
  ...one.programmes.map(({ name, coordinator }) => t(coordinator ? "people.coordinates" : "people.mentors_in", { programme: name })),
];

/** @param {{me: Schemas["Me"], one: Schemas["AccountView"], name: string, changed: () => void, handOver: (link: string) => void}} props */
function Deeds({ me, one, name, changed, handOver }) {
  const administers = me.role === "administrator";
  const mayManage = one.id !== me.id && (administers || one.role === "mentor");
  const of = html`<span class="unseen"> ${name}</span>`;
  let { version } = one;
  /** Each step builds on the one before. @param {Record<string, boolean>} body */
  const patch = async (body) => {
    ({ version } = await call("PATCH", `/mentors/${one.id}`, { body, version }));
    changed();
  };
  /** @param {boolean} administrator */
  const promote = (administrator) =>
    patch({ administrator }).then(() => say(t(administrator ? "people.promoted" : "people.demoted", { name }), () => patch({ administrator: !administrator })), sayProblem);
  const restore = () => patch({ active: true }).then(() => say(t("people.restored", { name })), sayProblem);
  if (!administers && !mayManage) return null;
  return html`<div class="actions">
    ${administers && one.active && html`<${NewPassword} me=${me} one=${one} name=${name} handOver=${handOver} />`}
    ${administers && one.active && one.id !== me.id && html`<button type="button" onClick=${() => promote(one.role !== "administrator")}>${t(one.role === "administrator" ? "people.demote" : "people.promote")}${of}</button>`}
    ${mayManage && !one.active && html`<button type="button" onClick=${restore}>${t("people.restore")}${of}</button>`}
    ${mayManage && one.active && html`<${Ending} label=${t("people.revoke")} about=${name} why=${t("people.revoke.why")} act=${() => patch({ active: false }).then(() => say(t("people.revoked", { name })))} />`}
  </div>`;
}

/** A link by which somebody chooses a new password: by mail where there is a server, else handed over. @param {{me: Schemas["Me"], one: Schemas["AccountView"], name: string, handOver: (link: string) => void}} props */
function NewPassword({ me, one, name, handOver }) {
  /** @param {"email" | "link"} deliver */
  const send = (deliver) =>
    call("POST", `/mentors/${one.id}/reset`, { body: { deliver } }).then((made) => (made.link ? handOver(made.link) : say(t("people.mailed", { to: one.email }))), sayProblem);
  return html`
    ${me.email_available && html`<button type="button" onClick=${() => send("email")}>${t("people.reset_by_mail")}<span class="unseen"> ${name}</span></button>`}
    <button type="button" onClick=${() => send("link")}>${t("people.reset_by_link")}<span class="unseen"> ${name}</span></button>`;
}
