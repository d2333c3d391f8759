/** What just happened, at the foot of the page, with a way to take it back: instead of asking "are you sure?" before. */
import { useEffect, useState } from "preact/hooks";
import { html } from "../html.js";
import { announce, asProblem } from "../loading.js";
import { t } from "../words.js";

/** @typedef {{words: string, at: number, undo?: (() => unknown) | undefined}} Said */

const SAID = "opportune:said";
/** What was said so lately (ms) outlives a change of the language, which draws the page anew. */
const JUST_NOW = 3000;
/** @type {Said | null} */
let last = null;

/**
 * Tell the mentor what happened, and how it is undone.
 *
 * @param {string} words
 * @param {() => unknown} [undo] what it throws or rejects with is told in its place
 */
export function say(words, undo) {
  last = { words, at: Date.now(), undo };
  dispatchEvent(new Event(SAID));
}

/** @param {unknown} error @param {() => unknown} [undo] of what was done before it went wrong */
export const sayProblem = (error, undo) => say(asProblem(error).message, undo);

/** Take back what was said last, once. */
export async function undoLast() {
  const undo = last?.undo;
  if (!undo) return;
  if (last) last = { words: last.words, at: last.at };
  try {
    await undo();
  } catch (error) {
    sayProblem(error);
  }
}

/** Where the messages appear: once, in the shell. */
export function Toast() {
  const [said, setSaid] = useState(() => (last && Date.now() - last.at < JUST_NOW ? last : null));
  useEffect(() => {
    const update = () => setSaid(last);
    addEventListener(SAID, update);
    return () => removeEventListener(SAID, update);
  }, []);
  useEffect(() => announce(said?.words ?? ""), [said]);
  if (!said) return null;
  return html`<div class="toast">
    <span>${said.words}</span>
    ${said.undo && html`<button type="button" onClick=${undoLast}>${t("action.undo")}</button>`}
    <button type="button" class="plain" aria-label=${t("toast.close")} onClick=${() => setSaid(null)}><span aria-hidden="true">✕</span></button>
  </div>`;
}
