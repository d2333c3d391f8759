/** Passing a change on: the message is written already; copied, the change is seen to. */
import { useState } from "preact/hooks";
import { html } from "../html.js";
import { asProblem } from "../loading.js";
import { t } from "../words.js";
import { Dialog } from "./dialog.js";
import { Failed } from "./states.js";
import { seenTo } from "./today_deeds.js";

/** @param {{line: import("./today_lines.js").Line, done: (words: string, undo?: () => Promise<unknown>) => void, close: () => void}} props */
export function PassOnDialog({ line, done, close }) {
  const { mentee, change } = line;
  const [message, setMessage] = useState(change?.draft.message ?? "");
  const [problem, setProblem] = useState(/** @type {import("../api.js").Problem | null} */ (null));
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(`${change?.draft.subject}\n\n${message}`);
    } catch {
      setProblem(asProblem(new Error(t("today.not_copied"))));
      return;
    }
    await seenTo(change?.notice_id ?? "").then((undo) => done(t("forward.copied", { name: mentee.name }), undo), (error) => setProblem(asProblem(error)));
  };
  return html`<${Dialog} title=${t("today.pass_on_to", { name: mentee.name })} close=${close}>
    <p>${change?.said}</p>
    <label>${t("forward.message")} <textarea rows="12" maxlength="10000" value=${message} onInput=${(/** @type {any} */ event) => setMessage(event.target.value)}></textarea></label>
    ${problem && html`<${Failed} problem=${problem} />`}
    <div class="actions">
      <button type="button" class="primary" onClick=${copy}>${t("forward.copy")}</button>
      <button type="button" class="plain" onClick=${close}>${t("action.cancel")}</button>
    </div>
  <//>`;
}
