/** Asking the API from a view: loading, loaded, failed, and again. */
import { useCallback, useEffect, useState } from "preact/hooks";
import { Problem } from "./api.js";

/**
 * @template T
 * @typedef {{value: T | null, problem: Problem | null, loading: boolean, again: () => void, change: (to: (value: T) => T) => void}} Asked
 */

/**
 * Ask when `key` changes, and drop the answer of an older question.
 *
 * @template T
 * @param {(signal: AbortSignal) => Promise<T>} ask
 * @param {string} key
 * @returns {Asked<T>}
 */
export function useAnswer(ask, key) {
  const [state, setState] = useState(/** @type {{value: T | null, problem: Problem | null, loading: boolean}} */ ({ value: null, problem: null, loading: true }));
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const asked = new AbortController();
    setState((before) => ({ ...before, problem: null, loading: true }));
    ask(asked.signal).then(
      (value) => asked.signal.aborted || setState({ value, problem: null, loading: false }),
      (error) => asked.signal.aborted || setState((before) => ({ ...before, problem: asProblem(error), loading: false })),
    );
    return () => asked.abort();
  }, [key, turn]);
  const again = useCallback(() => setTurn((n) => n + 1), []);
  const change = useCallback((/** @type {(value: T) => T} */ to) => setState((before) => (before.value === null ? before : { ...before, value: to(before.value) })), []);
  return { ...state, again, change };
}

/**
 * @param {unknown} error
 * @returns {Problem}
 */
export function asProblem(error) {
  if (error instanceof Problem) return error;
  console.error(error);
  return new Problem({ code: "unexpected", title: "Something went wrong", detail: String(error), status: 0 });
}

/**
 * Say something to people who cannot see it happen.
 *
 * @param {string} words
 */
export function announce(words) {
  const region = document.getElementById("announcements");
  if (region) region.textContent = words;
}
