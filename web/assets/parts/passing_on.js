/** Passing a change on: the message is written already; taken, it is recorded as a forward and the change is seen to. */
import { useRef, useState } from "preact/hooks";
import { call } from "../api.js";
import { html } from "../html.js";
import { asProblem } from "../loading.js";
import { t } from "../words.js";
import { Dialog } from "./dialog.js";
import { take } from "./forward.js";
import { Failed } from "./states.js";

/** @param {{line: import("./today_lines.js").Line, done: (words: string, undo?: () => Promise<unknown>) => void, close: () => void}} props */
export function PassOnDialog({ line: { mentee, opportunity, change }, done, close }) {
  const [message, setMessage] = useState(change?.draft.message ?? "");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState(/** @type {import("../api.js").Problem | null} */ (null));
  const key = useRef(crypto.randomUUID()); // one key for this dialog: a double click is one forward
  const copy = async () => {
    setBusy(true);
    setProblem(null);
    try {
      const body = { mentee_id: mentee.id, opportunity_id: opportunity.id, channel: "copy", subject: change?.draft.subject, message, notice_id: change?.notice_id };
      const [forward] = (await call("POST", "/forwards", { idempotencyKey: key.current, body })).items;
      done(await take(forward, mentee.name), () => call("POST", `/forwards/${forward.id}/undo`));
    } catch (error) {
      setProblem(asProblem(error));
      setBusy(false);
    }
  };
  return html`<${Dialog} title=${t("today.pass_on_to", { name: mentee.name })} close=${close}>
    <p>${change?.said}</p>
    <label>${t("forward.message")} <textarea rows="12" maxlength="10000" value=${message} onInput=${(/** @type {any} */ event) => setMessage(event.target.value)}></textarea></label>
    ${problem && html`<${Failed} problem=${problem} />`}
    <div class="actions">
      <button type="button" class="primary" disabled=${busy} onClick=${copy}>${t("forward.copy")}</button>
      <button type="button" class="plain" onClick=${close}>${t("action.cancel")}</button>
    </div>
  <//>`;
}
