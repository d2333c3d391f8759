/** Asking the API from a view: loading, loaded, failed, and again. */
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { Problem, call } from "./api.js";
import { t } from "./words.js";

/**
 * @template T
 * @typedef {{value: T | null, problem: Problem | null, loading: boolean, again: () => void, change: (to: (value: T) => T) => void, grow: (to: (value: T) => T) => void}} Asked
 *   `change` is for what was done here; `grow` for what the API says besides, which no answer under way is older than
 */

/**
 * Ask when `key` changes, and drop the answer of an older question: also one that was asked before something was changed
 * here, for it may not know of it yet. Then it is asked again.
 *
 * @template T
 * @param {(signal: AbortSignal) => Promise<T>} ask
 * @param {string} key
 * @returns {Asked<T>}
 */
export function useAnswer(ask, key) {
  const [state, setState] = useState(/** @type {{value: T | null, problem: Problem | null, loading: boolean}} */ ({ value: null, problem: null, loading: true }));
  const [turn, setTurn] = useState(0);
  const changes = useRef(0);
  useEffect(() => {
    const asked = new AbortController();
    const before = changes.current;
    setState((before) => ({ ...before, problem: null, loading: true }));
    ask(asked.signal).then(
      (value) => {
        if (asked.signal.aborted) return;
        if (changes.current === before) setState({ value, problem: null, loading: false });
        else setTurn((n) => n + 1);
      },
      (error) => asked.signal.aborted || setState((before) => ({ ...before, problem: asProblem(error), loading: false })),
    );
    return () => asked.abort();
  }, [key, turn]);
  const again = useCallback(() => setTurn((n) => n + 1), []);
  const grow = useCallback((/** @type {(value: T) => T} */ to) => setState((before) => (before.value === null ? before : { ...before, value: to(before.value) })), []);
  const change = useCallback((/** @type {(value: T) => T} */ to) => {
    changes.current += 1;
    grow(to);
  }, []);
  return { ...state, again, change, grow };
}

/**
 * A list of the API, page after page: `more` adds the next one. A cursor belongs to the filters it came
 * from, so they are sent with it, and its page is dropped when the list it came from is no longer there. What must not
 * stand in an address is sent otherwise by `ask`.
 *
 * @template {{items: unknown[], next?: string | null}} Page
 * @param {string} path
 * @param {URLSearchParams} [query]
 * @param {(query: URLSearchParams, signal?: AbortSignal) => Promise<Page>} [ask]
 * @returns {Asked<Page> & {more: () => Promise<void>, moreProblem: Problem | null}}
 */
export function usePages(path, query = new URLSearchParams(), ask = (wanted, signal) => call("GET", path, { query: wanted, ...(signal && { signal }) })) {
  const key = `${path}?${query}`;
  const list = useAnswer(/** @returns {Promise<Page>} */ (signal) => ask(query, signal), key);
  const latest = useRef(key);
  latest.current = key;
  const underWay = useRef("");
  const [moreProblem, setMoreProblem] = useState(/** @type {Problem | null} */ (null));
  const more = async () => {
    const cursor = list.value?.next ?? "";
    const next = new URLSearchParams(query);
    next.set("cursor", cursor);
    const wanted = `${path}?${next}`;
    if (underWay.current === wanted) return;
    underWay.current = wanted;
    setMoreProblem(null);
    try {
      const page = await ask(next);
      if (latest.current !== key) return;
      list.grow((before) => (before.next === cursor ? { ...page, items: [...before.items, ...page.items] } : before));
      announce(t("list.more", { count: page.items.length }));
    } catch (error) {
      if (latest.current === key) setMoreProblem(asProblem(error));
    } finally {
      if (underWay.current === wanted) underWay.current = "";
    }
  };
  return { ...list, more, moreProblem };
}

/**
 * Draws each item of a list once: a row whose item is the same is not even compared, so that a change of one among fifty
 * costs one. What a row does must hold for as long as its item does: it may use what stays, such as `list.change`.
 *
 * @template {object} Item
 * @param {(item: Item) => unknown} draw
 * @returns {(item: Item) => unknown}
 */
export function useDrawn(draw) {
  const [drawn] = useState(() => new WeakMap());
  return (item) => {
    if (!drawn.has(item)) drawn.set(item, draw(item));
    return drawn.get(item);
  };
}

/**
 * @param {unknown} error
 * @returns {Problem}
 */
export function asProblem(error) {
  if (error instanceof Problem) return error;
  console.error(error);
  return new Problem({ code: "unexpected", title: t("problem.unexpected.title"), detail: String(error), status: 0 });
}

/**
 * Say something to people who cannot see it happen. The same words once more differ by a space, for what does not
 * change is not read out.
 *
 * @param {string} words
 */
export function announce(words) {
  const region = document.getElementById("announcements");
  if (region) region.textContent = words && region.textContent === words ? `${words}\u00a0` : words;
}
