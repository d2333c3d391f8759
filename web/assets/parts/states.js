/** What a view shows when it has nothing to show yet, or cannot: every state has its part here, and no view its own. */
import { useLayoutEffect, useRef } from "preact/hooks";
import { focusIn } from "../focus.js";
import { html } from "../html.js";
import { listed, named, rich, t } from "../words.js";

/** @typedef {import("../api.js").Problem} Problem */

/** Grey lines where rows will be, so that nothing jumps when they come. @param {{rows?: number}} props */
export const Loading = ({ rows = 3 }) => html`<div class="loading">
  <p class="unseen" role="status">${t("state.loading")}</p>
  ${Array.from({ length: rows }, (_, row) => html`<div key=${row} class="bones" aria-hidden="true"><i></i><i></i><i></i></div>`)}
</div>`;

/**
 * What went wrong and what to do about it: nothing to see here, no connection, or try again.
 *
 * @param {{problem: Problem, again?: () => void}} props
 */
export function Failed({ problem, again }) {
  const offline = problem.code === "offline";
  useLayoutEffect(() => { // with the notice, not a frame later: the connection may be back by then
    if (!offline || !again) return undefined;
    addEventListener("online", again);
    return () => removeEventListener("online", again);
  }, [offline, again]);
  if (problem.status === 404 || problem.status === 403) return html`<${NoAccess} />`;
  return html`<div class="notice bad" role="alert">
    <strong>${problem.title}</strong>
    <p>${problem.message}</p>
    ${again && html`<button type="button" onClick=${again}>${t("action.try_again")}</button>`}
  </div>`;
}

/** Somebody else's, or nobody's: the API does not tell the two apart, and neither do we. */
export const NoAccess = () => html`<${Empty} kind="none" title=${t("state.no_access")}>${t("state.no_access.why")} <a href="/mentees">${t("state.no_access.home")}</a><//>`;

/** @type {Record<string, string>} */
const GLYPH = { first: "M12 5v14M5 12h14", none: "M10.5 4a6.5 6.5 0 1 1 0 13a6.5 6.5 0 0 1 0-13M15.5 15.5L20 20", done: "M5 12.5l4.5 4.5L19 7.5" };

/**
 * Nothing to show, and why: `first` when there was never anything, `none` when nothing matches, `done` when all is dealt with.
 *
 * @param {{kind?: "first" | "none" | "done", title: string, children?: unknown}} props
 */
export const Empty = ({ kind = "first", title, children }) => html`<div class="empty">
  <svg class="glyph" viewBox="0 0 24 24" width="28" height="28" aria-hidden="true"><path d=${GLYPH[kind]} /></svg>
  <h2>${title}</h2><p class="quiet">${children}</p>
</div>`;

/** That a list is ranked by less than it could be. @param {{reasons: readonly string[]}} props */
export const Degraded = ({ reasons }) => reasons.map((reason) => html`<p class="notice mind" role="status" key=${reason}>${named("degraded", reason)}</p>`);

/** That sources have not been read for a while. @param {{sources: readonly string[]}} props */
export const Stale = ({ sources }) =>
  sources.length
    ? html`<p class="notice mind" role="status">${rich("state.stale", { count: sources.length, sources: listed(sources.slice(0, 5)), more: html`<a href="/coverage">${t("nav.coverage")}</a>` })}</p>`
    : null;

/**
 * A question to the API in whichever state it is: its children are given the answer. An answer that is there
 * stays while the next one is asked for.
 *
 * @param {{asked: {value: unknown, problem: Problem | null, loading: boolean, again: () => void}, rows?: number, children: (value: any) => unknown}} props
 */
export const Answered = ({ asked, rows, children }) => html`
  ${asked.problem && html`<${Failed} problem=${asked.problem} again=${asked.again} />`}
  ${asked.value === null && asked.loading && html`<${Loading} rows=${rows} />`}
  ${asked.value !== null && children(asked.value)}
`;

/**
 * The way to the next page of a list, while there is one. When its cursor is gone the list begins anew.
 *
 * @param {{list: {value: {next?: string | null} | null, more: () => void, moreProblem: Problem | null, again: () => void}}} props
 */
export function More({ list }) {
  /** Whoever asks for more goes on with the first of it. @param {any} event */
  const further = async (event) => {
    const above = event.currentTarget.closest(".more").previousElementSibling;
    const last = above?.matches("ol, ul") ? above.lastElementChild : above;
    await list.more();
    setTimeout(() => focusIn(last?.nextElementSibling), 0);
  };
  return html`
    ${list.moreProblem && html`<${Failed} problem=${list.moreProblem} again=${list.moreProblem.status === 410 ? list.again : list.more} />`}
    ${list.value?.next && !list.moreProblem && html`<p class="more"><button type="button" onClick=${further}>${t("action.more")}</button></p>`}`;
}

/**
 * The heading of a view: names the tab, and takes the focus when the view opens, before anybody can press a key, and
 * never from a row or a field of the view that has it already: a title that comes late would end what is being done.
 *
 * @param {{title: string, above?: unknown, children?: unknown}} props
 */
export function Heading({ title, above, children }) {
  const heading = useRef(/** @type {HTMLHeadingElement | null} */ (null));
  useLayoutEffect(() => {
    document.title = t("page.title", { title });
    if (!document.activeElement?.matches("main *:not(.toast, .toast *)")) heading.current?.focus({ preventScroll: true });
  }, [title]);
  return html`<div class="heading">${above}<h1 ref=${heading} tabindex="-1">${title}</h1>${children}</div>`;
}
