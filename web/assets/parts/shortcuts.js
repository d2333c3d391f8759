/**
 * Single keys for whoever wants them: j and k go through the rows of a list, a key of an action presses it in the
 * row that has the focus, z takes the last step back, ? shows them all. Each is also a control that can be focused,
 * and all can be switched off (WCAG 2.1.4).
 *
 * A view takes part by its markup: a list is `.rows` or `.cards`, and a button says which key presses it in `aria-keyshortcuts`.
 */
import { useEffect } from "preact/hooks";
import { focusIn } from "../focus.js";
import { undoLast } from "./toast.js";

const KEYED = "[aria-keyshortcuts]";

/** @returns {HTMLElement[]} the rows of the view, in all its lists */
const rows = () => /** @type {HTMLElement[]} */ ([...document.querySelectorAll("main :is(.rows, .cards) > li")]);

/** @returns {number} the place of the row that has the focus, or -1 */
export const focused = () => rows().findIndex((row) => row.contains(document.activeElement));

/**
 * Focus a row's heading; beyond the ends the first or last row; with no row left, the view's heading.
 *
 * @param {number} place
 */
function focusRow(place) {
  const all = rows();
  const part = all[Math.max(0, Math.min(place, all.length - 1))] ?? document.querySelector(".heading");
  focusIn(part);
  part?.scrollIntoView({ block: "nearest" });
}

/** After a row is gone: keep the focus where it was, on the row that took its place. @param {number} place */
export const focusRowSoon = (place) => setTimeout(() => focusRow(place), 0);

/** @returns {{key: string, words: string}[]} the keys that the view at hand gives to its actions */
export function keysHere() {
  const found = new Map();
  for (const control of document.querySelectorAll(`main ${KEYED}`)) {
    const key = control.getAttribute("aria-keyshortcuts") ?? "";
    if (!found.has(key)) found.set(key, control.getAttribute("data-words") ?? control.firstChild?.textContent ?? "");
  }
  return [...found].map(([key, words]) => ({ key, words }));
}

/**
 * @param {{shortcuts: boolean}} me whose choice counts from the moment it is made, before the API has answered
 * @param {() => void} help
 */
export function useShortcuts(me, help) {
  useEffect(() => {
    /** @param {KeyboardEvent} event */
    const pressed = (event) => {
      const target = /** @type {Element} */ (event.target);
      if (!me.shortcuts || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (target.closest("input:not([type=checkbox]), select, textarea, dialog")) return;
      if (act(event.key, help)) event.preventDefault();
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, [me]);
}

/** @param {string} key @param {() => void} help @returns {boolean} whether the key meant something */
function act(key, help) {
  const here = focused();
  if (key === "?") help();
  else if (key === "z") undoLast();
  else if (key === "j" || key === "k") focusRow(here < 0 ? 0 : here + (key === "j" ? 1 : -1));
  else if (key === "Enter") return open(rows()[here]);
  else {
    const scope = rows()[here] ?? document.querySelector("main");
    const control = /** @type {HTMLElement | undefined} */ ([...(scope?.querySelectorAll(KEYED) ?? [])].find((one) => one.getAttribute("aria-keyshortcuts") === key && (here >= 0 || !one.closest(".rows, .cards"))));
    control?.click();
    return Boolean(control);
  }
  return true;
}

/** Enter on a row's heading opens what it is about; on a control it is the control's own. @param {HTMLElement | undefined} row */
function open(row) {
  if (!row || document.activeElement?.closest("a, button, summary, label")) return false;
  const link = /** @type {HTMLElement | null} */ (row.querySelector("h2 a, h3 a"));
  link?.click();
  return Boolean(link);
}
