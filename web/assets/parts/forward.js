/** Forwarding one opportunity to one mentee: review the message, then send it or take it. */
import { useState } from "preact/hooks";
import { call } from "../api.js";
import { html } from "../html.js";
import { useAnswer } from "../loading.js";
import { useForwarding } from "../sending.js";
import { t } from "../words.js";
import { Dialog } from "./dialog.js";
import { Failed, Loading } from "./states.js";

/** @typedef {import("../api.js").Schemas} Schemas */

/**
 * @param {{
 *   mentee: {id: string, name: string},
 *   opportunity: {id: string, title: string},
 *   goalId?: string | null,
 *   done: (result: Schemas["ForwardView"], words: string) => void,
 *   close: () => void,
 * }} props
 */
export function ForwardDialog({ mentee, opportunity, goalId, done, close }) {
  const target = { mentee_id: mentee.id, opportunity_id: opportunity.id, goal_id: goalId ?? null };
  const draft = useAnswer(() => call("POST", "/forwards/draft", { body: target }), JSON.stringify(target));
  return html`<${Dialog} title=${t("forward.title", { name: mentee.name })} close=${close}>
    <p class="quiet">${opportunity.title}</p>
    ${draft.problem && html`<${Failed} problem=${draft.problem} again=${draft.again} />`}
    ${draft.loading && html`<${Loading} rows=${1} />`}
    ${draft.value && html`<${Message} draft=${draft.value} target=${target} mentee=${mentee} done=${done} cancel=${close} />`}
  <//>`;
}

/** @param {{draft: Schemas["ForwardDraft"], target: {mentee_id: string, opportunity_id: string, goal_id: string | null}, mentee: {name: string}, done: (result: Schemas["ForwardView"], words: string) => void, cancel: () => void}} props */
function Message({ draft, target, mentee, done, cancel }) {
  const [subject, setSubject] = useState(draft.subject);
  const [message, setMessage] = useState(draft.message);
  const { busy, problem, send } = useForwarding(async (channel, idempotencyKey) => {
    const [forward] = (await call("POST", "/forwards", { idempotencyKey, body: { ...target, channel, subject, message } })).items;
    done(forward, channel === "email" ? t("forward.on_its_way", { name: mentee.name }) : await take(forward, mentee.name));
  });
  return html`<form method="dialog" onSubmit=${(/** @type {Event} */ event) => event.preventDefault()}>
    ${draft.warnings.filter(isNotOfMail).map((warning) => html`<p class="notice mind" key=${warning.code}><strong>${t("forward.mind")}</strong> ${warning.detail}</p>`)}
    <label>${t("forward.subject")} <input type="text" value=${subject} maxlength="300" required onInput=${(/** @type {any} */ event) => setSubject(event.target.value)} /></label>
    <label>${t("forward.message")} <textarea rows="12" maxlength="10000" required value=${message} onInput=${(/** @type {any} */ event) => setMessage(event.target.value)}></textarea></label>
    <p class="quiet small">${t("forward.reply_link", { code: "{reply_link}", name: mentee.name })}</p>
    ${problem && html`<${Failed} problem=${problem} />`}
    <${WhyNoMail} why=${draft.no_mail} name=${mentee.name} />
    <div class="actions">
      ${draft.email_possible && html`<button type="button" class="primary" disabled=${busy} onClick=${() => send("email")}>${t("forward.send")}</button>`}
      <button type="button" class=${draft.email_possible ? "" : "primary"} disabled=${busy} onClick=${() => send("copy")}>${t("forward.copy")}</button>
      <button type="button" class="plain" onClick=${cancel}>${t("action.cancel")}</button>
    </div>
  </form>`;
}

/** A warning about the address is told beside the buttons. @param {Schemas["WarningView"]} warning */
export const isNotOfMail = ({ code }) => !code.startsWith("address_");

/** Why the message is to be copied: without it nobody knows what to mend. @param {{why?: Schemas["NoMail"] | null, name: string, id?: string}} props */
export const WhyNoMail = ({ why, name, id }) => why && html`<p class="quiet small" id=${id}>${t(`no_mail.why.${why}`, { name })}</p>`;

/**
 * Put the finished message on the clipboard. The forward is recorded either way; when the browser
 * refuses, the message stands under Forwarded.
 *
 * @param {Schemas["ForwardView"]} forward
 * @param {string} name
 */
export async function take(forward, name) {
  try {
    await navigator.clipboard.writeText(`${forward.subject}\n\n${forward.message}`);
    return t("forward.copied", { name });
  } catch {
    return t("forward.not_copied");
  }
}
