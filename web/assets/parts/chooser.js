/**
 * Choosing one among thousands: a field that is typed into, and a list of those whose names fit (WAI-ARIA 1.2, combobox
 * with a list). Arrows go through the list, Enter chooses, Escape leaves what was chosen; the form sees a plain field.
 */
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { html } from "../html.js";
import { announce, useAnswer } from "../loading.js";
import { t } from "../words.js";

/** @typedef {{id: string, name: string, beside?: string}} Choice `beside` tells two of one name apart */
/** @typedef {{items: readonly Choice[], isAll: boolean}} Found */

const TYPING = 200;

/**
 * @param {{label: string, name: string, hint?: string, none: string, chosen?: Choice | null, find: (words: string, signal: AbortSignal) => Promise<Found>}} props
 *   `none` is what stands there when nobody is chosen
 */
export function Chooser({ label, name, hint, none, chosen, find }) {
  const id = useId();
  const nobody = { id: "", name: "" };
  const [now, setNow] = useState(/** @type {Choice} */ (chosen ?? nobody));
  const [typed, setTyped] = useState(/** @type {string | null} */ (null)); // null: what was chosen stands there
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(-1);
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  const asked = useFound(open ? (typed ?? "") : null, find);
  const choices = open ? [...(typed ? [] : [{ id: "", name: none }]), ...(asked.value?.items ?? [])] : [];
  useEffect(() => setNow(chosen ?? nobody), [chosen?.id, chosen?.name]);
  useEffect(() => {
    setAt(typed ? 0 : -1);
    if (open && asked.value) announce(t("chooser.found", { count: asked.value.items.length }));
  }, [asked.value]);

  const close = () => (setOpen(false), setTyped(null), setAt(-1));
  /** @param {Choice} one */
  const choose = (one) => {
    setNow(one.id ? one : nobody);
    close();
    const hidden = /** @type {HTMLInputElement} */ (field.current?.nextElementSibling);
    hidden.value = one.id;
    hidden.dispatchEvent(new Event("change", { bubbles: true }));
  };
  /** @param {KeyboardEvent} event */
  const pressed = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const one = choices[at];
    if (step && !open) setOpen(true);
    else if (step) setAt((Math.max(at, step > 0 ? -1 : 0) + step + choices.length) % Math.max(1, choices.length));
    else if (event.key === "Enter" && one) choose(one);
    else if (event.key === "Escape" && open) close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return html`<div class="field chooser">
    <label for=${id}>${label}</label>
    ${hint && html`<p class="hint" id=${`${id}-hint`}>${hint}</p>`}
    <input id=${id} ref=${field} type="text" role="combobox" aria-autocomplete="list" aria-expanded=${open} aria-controls=${`${id}-list`} aria-activedescendant=${choices[at] ? `${id}-${at}` : undefined}
      aria-describedby=${hint ? `${id}-hint` : undefined} autocomplete="off" spellcheck=${false} maxlength="200" placeholder=${none} value=${typed ?? now.name}
      onInput=${(/** @type {any} */ event) => (setTyped(event.target.value), setOpen(true))} onChange=${(/** @type {Event} */ event) => event.stopPropagation()} onClick=${() => (field.current?.select(), setOpen(true))} onKeyDown=${pressed} onBlur=${close} />
    <input type="hidden" name=${name} value=${now.id} />
    ${open && html`<div class="offered" onMouseDown=${(/** @type {Event} */ event) => event.preventDefault()}>
      <ul role="listbox" id=${`${id}-list`} aria-label=${label}>${choices.map((one, place) => html`<li key=${one.id} id=${`${id}-${place}`} role="option" aria-selected=${place === at} ref=${place === at ? inSight : undefined} onClick=${() => choose(one)}>${one.name}${one.beside && html` <span class="quiet small">${one.beside}</span>`}</li>`)}</ul>
      <${Rest} asked=${asked} />
    </div>`}
  </div>`;
}

/** What is not in the list. @param {{asked: import("../loading.js").Asked<Found | null>}} props */
function Rest({ asked: { value, problem } }) {
  const words = problem ? problem.message : value && !value.items.length ? t("chooser.nobody") : value && !value.isAll ? t("chooser.more") : "";
  return words && html`<p class="quiet small">${words}</p>`;
}

/** Whose names fit, once the typing has paused. @param {string | null} words @param {(words: string, signal: AbortSignal) => Promise<Found>} find */
function useFound(words, find) {
  const [wanted, setWanted] = useState(words);
  useEffect(() => {
    const pause = setTimeout(() => setWanted(words), words ? TYPING : 0);
    return () => clearTimeout(pause);
  }, [words]);
  return useAnswer(/** @returns {Promise<Found | null>} */ (signal) => (wanted === null ? Promise.resolve(null) : find(wanted.trim(), signal)), `${wanted}`);
}

/** @param {HTMLElement | null} option */
const inSight = (option) => option?.scrollIntoView({ block: "nearest" });
