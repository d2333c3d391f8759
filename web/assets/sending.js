/** Sending a form: busy while it is under way, and what the API says is wrong with it afterwards. */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { asProblem } from "./loading.js";

/**
 * `send` does something and tells whether it was done. When it was not, `problem` says why, and the first field that
 * is wrong takes the focus.
 */
export function useSending() {
  const form = useRef(/** @type {HTMLFormElement | null} */ (null));
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState(/** @type {import("./api.js").Problem | null} */ (null));
  /** @param {() => Promise<unknown>} act @returns {Promise<boolean>} */
  const send = async (act) => {
    setBusy(true);
    setProblem(null);
    try {
      await act();
      return true;
    } catch (error) {
      setProblem(asProblem(error));
      setTimeout(() => /** @type {HTMLElement | null | undefined} */ (form.current?.querySelector("[aria-invalid=true]"))?.focus(), 0);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { form, busy, problem, send, forgive: () => setProblem(null) };
}

/**
 * Forwards what a dialog shows: once by each channel, however often it is pressed. It stays busy until it fails, for what
 * was sent closes the dialog.
 *
 * @param {(channel: "email" | "copy", idempotencyKey: string) => Promise<unknown>} act
 */
export function useForwarding(act) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState(/** @type {import("./api.js").Problem | null} */ (null));
  const key = useRef(crypto.randomUUID()); // the dialog's own
  /** @param {"email" | "copy"} channel */
  const send = async (channel) => {
    setBusy(true);
    setProblem(null);
    try {
      await act(channel, `${key.current}-${channel}`);
    } catch (error) {
      setProblem(asProblem(error));
      setBusy(false);
    }
  };
  return { busy, problem, send };
}

/**
 * A form that was opened in place of what was pressed takes the focus to its first field, before anybody can press Escape.
 *
 * @param {{current: HTMLFormElement | null}} form @param {boolean} [wanted]
 */
export const useFirstField = (form, wanted = true) =>
  useLayoutEffect(() => {
    if (wanted) /** @type {HTMLElement | null | undefined} */ (form.current?.querySelector("input, select, textarea"))?.focus();
  }, []);

/**
 * A form's submit event → what stands in its fields, and nothing is loaded anew.
 *
 * @param {Event} event
 */
export function given(event) {
  event.preventDefault();
  return new FormData(/** @type {HTMLFormElement} */ (event.currentTarget));
}

/** A field's text without spaces around it, or null when there is none. @param {FormData} data @param {string} name */
export const text = (data, name) => String(data.get(name) ?? "").trim() || null;
