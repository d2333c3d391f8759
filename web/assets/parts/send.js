/** Sending one call to several mentees: each message can be read, what to mind is said, and what could not be sent is told. */
import { call } from "../api.js";
import { html } from "../html.js";
import { useAnswer } from "../loading.js";
import { useForwarding } from "../sending.js";
import { t } from "../words.js";
import { Dialog } from "./dialog.js";
import { WhyNoMail, isNotOfMail } from "./forward.js";
import { Answered, Failed } from "./states.js";

/** @typedef {import("../api.js").Schemas} Schemas */

/**
 * @param {{menteeIds: readonly string[], opportunity: {id: string, title: string}, close: () => void,
 *   done: (forwards: readonly Schemas["ForwardView"][], words: string) => void}} props
 */
export function SendDialog({ menteeIds, opportunity, close, done }) {
  const body = { mentee_ids: menteeIds, opportunity_ids: [opportunity.id] };
  const drafts = useAnswer(/** @returns {Promise<Schemas["DraftsView"]>} */ () => call("POST", "/forwards/drafts", { body }), JSON.stringify(body));
  return html`<${Dialog} title=${t("send.title", { count: menteeIds.length })} close=${close}>
    <p class="quiet">${opportunity.title}</p>
    <${Answered} asked=${drafts} rows=${2}>${(/** @type {Schemas["DraftsView"]} */ page) => html`<${Drafts} items=${page.items} close=${close} done=${done} />`}<//>
  <//>`;
}

/** To whom no mail can be sent; where it is to nobody, one of them says so for all. @param {readonly Schemas["PairDraft"][]} pairs */
const withoutMail = (pairs) => [...new Map(pairs.filter((one) => one.no_mail).map((one) => [one.no_mail === "no_server" ? "" : one.mentee_id, one])).values()];

/** @param {{items: Schemas["PairDraft"][], close: () => void, done: (forwards: readonly Schemas["ForwardView"][], words: string) => void}} props */
function Drafts({ items, close, done }) {
  const pairs = items.filter((one) => !one.refused);
  const mail = pairs.length > 0 && pairs.every((one) => one.email_possible);
  const { busy, problem, send } = useForwarding(async (channel, idempotencyKey) => {
    const body = { channel, items: pairs.map(({ mentee_id, opportunity_id, goal_id }) => ({ mentee_id, opportunity_id, goal_id })) };
    const result = /** @type {Schemas["BatchResult"]} */ (await call("POST", "/forwards/batch", { idempotencyKey, body }));
    const made = result.items.flatMap(({ forward }) => (forward ? [forward] : []));
    if (channel === "copy") await navigator.clipboard.writeText(made.map(({ subject, message }) => `${subject}\n\n${message}`).join("\n\n\n")).catch(() => null);
    done(made, result.refused ? t("send.some", { count: result.made, refused: result.refused }) : t(channel === "email" ? "send.sent" : "send.copied", { count: result.made }));
  });
  return html`
    ${items.map((one) => html`<${Draft} key=${one.mentee_id} one=${one} />`)}
    ${withoutMail(pairs).map((one) => html`<${WhyNoMail} key=${one.mentee_id} why=${one.no_mail} name=${one.mentee?.name ?? ""} />`)}
    ${problem && html`<${Failed} problem=${problem} />`}
    <div class="actions">
      ${mail && html`<button type="button" class="primary" disabled=${busy} onClick=${() => send("email")}>${t("forward.send")}</button>`}
      <button type="button" class=${mail ? "" : "primary"} disabled=${busy || !pairs.length} onClick=${() => send("copy")}>${t("send.copy")}</button>
      <button type="button" class="plain" onClick=${close}>${t("action.cancel")}</button>
    </div>`;
}

/** A message to be read, and what to mind. @param {{one: Schemas["PairDraft"]}} props */
const Draft = ({ one }) => html`<details class="draft"><summary>${one.mentee?.name ?? t("mentee.erased")}${one.warnings.length > 0 && html` <span class="tag mind">${t("send.mind")}</span>`}${one.refused && html` <span class="tag failed">${t("send.cannot")}</span>`}</summary>
  ${one.refused && html`<p class="notice bad">${one.refused.detail}</p>`}
  ${one.warnings.filter(isNotOfMail).map((warning) => html`<p class="notice mind" key=${warning.code}>${warning.detail}</p>`)}
  <pre class="message">${one.subject}${"\n\n"}${one.message}</pre>
</details>`;
