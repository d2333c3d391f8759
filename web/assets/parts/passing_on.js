/** Passing a change on: the message is written already; sent or taken, it is a forward and the change is seen to. */
import { useId, useState } from "preact/hooks";
import { call } from "../api.js";
import { html } from "../html.js";
import { useAnswer } from "../loading.js";
import { useForwarding } from "../sending.js";
import { t } from "../words.js";
import { Dialog } from "./dialog.js";
import { WhyNoMail, take } from "./forward.js";
import { Failed } from "./states.js";

/** @param {{line: import("./today_lines.js").Line, done: (words: string, undo?: () => Promise<unknown>) => void, close: () => void}} props */
export function PassOnDialog({ line: { mentee, opportunity, change }, done, close }) {
  const [message, setMessage] = useState(change?.draft.message ?? "");
  const mail = useMail(mentee.id, opportunity.id);
  const id = useId();
  const { busy, problem, send } = useForwarding(async (channel, idempotencyKey) => {
    const body = { mentee_id: mentee.id, opportunity_id: opportunity.id, channel, subject: change?.draft.subject, message, notice_id: change?.notice_id };
    const [forward] = (await call("POST", "/forwards", { idempotencyKey, body })).items;
    done(channel === "email" ? t("forward.on_its_way", { name: mentee.name }) : await take(forward, mentee.name), () => call("POST", `/forwards/${forward.id}/undo`));
  });
  return html`<${Dialog} title=${t("today.pass_on_to", { name: mentee.name })} close=${close}>
    <p>${change?.said}</p>
    <label>${t("forward.message")} <textarea rows="12" maxlength="10000" value=${message} onInput=${(/** @type {any} */ event) => setMessage(event.target.value)}></textarea></label>
    ${problem && html`<${Failed} problem=${problem} />`}
    <${WhyNoMail} why=${mail.why} name=${mentee.name} id=${id} />
    <div class="actions">
      <button type="button" class=${mail.possible || mail.unknown ? "primary" : ""} disabled=${busy || !mail.possible} aria-describedby=${mail.why ? id : undefined} onClick=${() => send("email")}>${t("forward.send")}</button>
      <button type="button" class=${mail.possible || mail.unknown ? "" : "primary"} disabled=${busy || mail.unknown} onClick=${() => send("copy")}>${t("forward.copy")}</button>
      <button type="button" class="plain" onClick=${close}>${t("action.cancel")}</button>
    </div>
  <//>`;
}

/**
 * Whether mail can be sent to somebody, and why not; `unknown` until it was answered, so that no button moves under a
 * finger. Where nothing answers, the message can still be copied.
 *
 * @param {string} menteeId @param {string} opportunityId
 */
function useMail(menteeId, opportunityId) {
  const body = { mentee_id: menteeId, opportunity_id: opportunityId };
  const { value, loading } = useAnswer(/** @returns {Promise<import("../api.js").Schemas["ForwardDraft"]>} */ (signal) => call("POST", "/forwards/draft", { body, signal }), `${menteeId} ${opportunityId}`);
  return { possible: Boolean(value?.email_possible), why: value?.no_mail, unknown: loading };
}
