/** Forwarding one opportunity to one mentee: review the message, then send it or take it. */
import { useEffect, useRef, useState } from "preact/hooks";
import { call } from "../api.js";
import { html } from "../html.js";
import { asProblem, useAnswer } from "../loading.js";
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
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const target = { mentee_id: mentee.id, opportunity_id: opportunity.id, goal_id: goalId ?? null };
  const draft = useAnswer(() => call("POST", "/forwards/draft", { body: target }), JSON.stringify(target));
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return html`<dialog ref=${dialog} class="forward" aria-labelledby="forward-title" onClose=${close}>
    <h2 id="forward-title">Forward to ${mentee.name}</h2>
    <p class="quiet">${opportunity.title}</p>
    ${draft.problem && html`<${Failed} problem=${draft.problem} again=${draft.again} />`}
    ${draft.loading && html`<${Loading} what="the message" />`}
    ${draft.value && html`<${Message} draft=${draft.value} target=${target} mentee=${mentee} done=${done} cancel=${() => dialog.current?.close()} />`}
  </dialog>`;
}

/** @param {{draft: Schemas["ForwardDraft"], target: Schemas["ForwardTarget"], mentee: {name: string}, done: (result: Schemas["ForwardView"], words: string) => void, cancel: () => void}} props */
function Message({ draft, target, mentee, done, cancel }) {
  const [subject, setSubject] = useState(draft.subject);
  const [message, setMessage] = useState(draft.message);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState(/** @type {import("../api.js").Problem | null} */ (null));
  const key = useRef(crypto.randomUUID()); // one key for this dialog: a double click is one forward

  /** @param {"email" | "copy"} channel */
  const send = async (channel) => {
    setBusy(true);
    setProblem(null);
    try {
      const result = await call("POST", "/forwards", { idempotencyKey: `${key.current}-${channel}`, body: { ...target, channel, subject, message } });
      const forward = result.items[0];
      const words = channel === "email" ? `On its way to ${mentee.name}.` : await take(forward, mentee.name);
      done(forward, words);
    } catch (error) {
      setProblem(asProblem(error));
      setBusy(false);
    }
  };

  return html`<form method="dialog" onSubmit=${(/** @type {Event} */ event) => event.preventDefault()}>
    ${draft.warnings.map((warning) => html`<p class="notice mind" key=${warning.code}><strong>Mind:</strong> ${warning.detail}</p>`)}
    <label>Subject <input type="text" value=${subject} maxlength="300" required onInput=${(/** @type {any} */ event) => setSubject(event.target.value)} /></label>
    <label>Message <textarea rows="12" maxlength="10000" required value=${message} onInput=${(/** @type {any} */ event) => setMessage(event.target.value)}></textarea></label>
    <p class="quiet small">“{reply_link}” becomes ${mentee.name}'s own link for answering without an account.</p>
    ${problem && html`<${Failed} problem=${problem} />`}
    <div class="actions">
      ${draft.email_possible && html`<button type="button" class="primary" disabled=${busy} onClick=${() => send("email")}>Send by mail</button>`}
      <button type="button" class=${draft.email_possible ? "" : "primary"} disabled=${busy} onClick=${() => send("copy")}>Copy the message</button>
      <button type="button" class="plain" onClick=${cancel}>Cancel</button>
    </div>
  </form>`;
}

/**
 * Put the finished message on the clipboard. The forward is recorded either way; when the browser
 * refuses, the message stands under Forwarded.
 *
 * @param {Schemas["ForwardView"]} forward
 * @param {string} name
 */
async function take(forward, name) {
  try {
    await navigator.clipboard.writeText(`${forward.subject}\n\n${forward.message}`);
    return `Copied. Paste it into a message to ${name}.`;
  } catch {
    return "Recorded. The browser did not let us copy: find the message under Forwarded.";
  }
}
