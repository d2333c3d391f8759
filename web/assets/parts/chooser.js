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
/** @typedef {Found & {words: string}} Answer for the words typed */

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
  const words = open ? (typed ?? "") : null;
  const asked = useFound(words, find);
  const found = asked.value?.words === words ? asked.value : null; // else those whom earlier words found: nobody means them now
  const choices = open ? [...(typed ? [] : [{ id: "", name: none }]), ...(found?.items ?? [])] : [];
  useEffect(() => setNow(chosen ?? nobody), [chosen?.id, chosen?.name]);
  useEffect(() => {
    if (!found) return;
    if (typed) setAt(0);
    announce(t("chooser.found", { count: found.items.length }));
  }, [found]);

  const close = () => (setOpen(false), setTyped(null), setAt(-1));
  /** @param {Choice} one */
  const choose = (one) => {
    setNow(one.id ? one : nobody);
    close();
    const hidden = /** @type {HTMLInputElement} */ (field.current?.nextElementSibling);
    hidden.value = one.id;
    hidden.dispatchEvent(new Event("change", { bubbles: true }));
  };
  /** @param {any} event */
  const write = (event) => (setTyped(event.target.value), setAt(-1), setOpen(true));
  const pressed = keysOf({ open, at, choices, show: () => setOpen(true), setAt, choose, close });
  return html`<div class="field chooser">
    <label for=${id}>${label}</label>
    ${hint && html`<p class="hint" id=${`${id}-hint`}>${hint}</p>`}
    <input id=${id} ref=${field} type="text" role="combobox" aria-autocomplete="list" aria-expanded=${open} aria-controls=${`${id}-list`} aria-activedescendant=${choices[at] ? `${id}-${at}` : undefined}
      aria-describedby=${hint ? `${id}-hint` : undefined} autocomplete="off" spellcheck=${false} maxlength="200" placeholder=${none} value=${typed ?? now.name}
      onInput=${write} onChange=${(/** @type {Event} */ event) => event.stopPropagation()} onClick=${() => (field.current?.select(), setOpen(true))} onKeyDown=${pressed} onBlur=${close} />
    <input type="hidden" name=${name} value=${now.id} />
    ${open && html`<${Offered} id=${id} label=${label} choices=${choices} at=${at} choose=${choose}><${Rest} found=${found} problem=${asked.problem} /><//>`}
  </div>`;
}

/**
 * What the keys do. Enter never sends the form while one is being chosen: it would go without.
 *
 * @param {{open: boolean, at: number, choices: readonly Choice[], show: () => void, setAt: (at: number) => void, choose: (one: Choice) => void, close: () => void}} list
 * @returns {(event: KeyboardEvent) => void}
 */
const keysOf = ({ open, at, choices, show, setAt, choose, close }) => (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const one = choices[at];
  if (step && !open) show();
  else if (step) setAt((Math.max(at, step > 0 ? -1 : 0) + step + choices.length) % Math.max(1, choices.length));
  else if (event.key === "Enter" && open) one && choose(one);
  else if (event.key === "Escape" && open) close();
  else return;
  event.preventDefault();
  event.stopPropagation();
};

/** The list, in which a press of the mouse leaves the focus in the field. @param {{id: string, label: string, choices: readonly Choice[], at: number, choose: (one: Choice) => void, children?: unknown}} props */
const Offered = ({ id, label, choices, at, choose, children }) => html`<div class="offered" onMouseDown=${(/** @type {Event} */ event) => event.preventDefault()}>
  <ul role="listbox" id=${`${id}-list`} aria-label=${label}>${choices.map((one, place) => html`<li key=${one.id} id=${`${id}-${place}`} role="option" aria-selected=${place === at} ref=${place === at ? inSight : undefined} onClick=${() => choose(one)}>${one.name}${one.beside && html` <span class="quiet small">${one.beside}</span>`}</li>`)}</ul>
  ${children}
</div>`;

/** What is not in the list. @param {{found: Found | null, problem: Error | null}} props */
function Rest({ found, problem }) {
  const words = problem ? problem.message : found && !found.items.length ? t("chooser.nobody") : found && !found.isAll ? t("chooser.more") : "";
  return words && html`<p class="quiet small">${words}</p>`;
}

/** Whose names fit, once the typing has paused. @param {string | null} words @param {(words: string, signal: AbortSignal) => Promise<Found>} find */
function useFound(words, find) {
  const [wanted, setWanted] = useState(words);
  useEffect(() => {
    const pause = setTimeout(() => setWanted(words), words ? TYPING : 0);
    return () => clearTimeout(pause);
  }, [words]);
  /** @param {AbortSignal} signal @returns {Promise<Answer | null>} */
  const ask = async (signal) => (wanted === null ? null : { ...(await find(wanted.trim(), signal)), words: wanted });
  return useAnswer(ask, `${wanted}`);
}

/** @param {HTMLElement | null} option */
const inSight = (option) => option?.scrollIntoView({ block: "nearest" });
