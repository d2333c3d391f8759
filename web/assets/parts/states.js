/** What a view shows when it has nothing to show yet, or cannot. */
import { useEffect, useRef } from "preact/hooks";
import { html } from "../html.js";
import { announce } from "../loading.js";

/** @param {{what: string}} props */
export const Loading = ({ what }) => html`<p class="quiet loading" role="status">Loading ${what}…</p>`;

/** @param {{problem: import("../api.js").Problem, again?: () => void}} props */
export function Failed({ problem, again }) {
  useEffect(() => {
    if (problem.status === 401) dispatchEvent(new Event("opportune:signed-out"));
  }, [problem]);
  return html`<div class="notice bad" role="alert">
    <strong>${problem.title}</strong>
    <p>${problem.message}</p>
    ${again && html`<button type="button" onClick=${again}>Try again</button>`}
  </div>`;
}

/** @param {{title: string, children?: unknown}} props */
export const Empty = ({ title, children }) => html`<div class="empty"><h2>${title}</h2><p class="quiet">${children}</p></div>`;

/**
 * The way to the next page of a list, while there is one. When its cursor is gone the list begins anew.
 *
 * @param {{list: {value: {next?: string | null} | null, more: () => void, moreProblem: import("../api.js").Problem | null, again: () => void}}} props
 */
export const More = ({ list }) => html`
  ${list.moreProblem && html`<${Failed} problem=${list.moreProblem} again=${list.moreProblem.status === 410 ? list.again : list.more} />`}
  ${list.value?.next && !list.moreProblem && html`<button type="button" onClick=${list.more}>Show more</button>`}
`;

/**
 * The heading of a view: names the tab, and takes the focus when the view opens.
 *
 * @param {{title: string, children?: unknown}} props
 */
export function Heading({ title, children }) {
  const heading = useRef(/** @type {HTMLHeadingElement | null} */ (null));
  useEffect(() => {
    document.title = `${title} · Opportune`;
    heading.current?.focus({ preventScroll: true });
  }, [title]);
  return html`<div class="heading"><h1 ref=${heading} tabindex="-1">${title}</h1>${children}</div>`;
}

/**
 * A message at the foot of the page, with a way to take the step back.
 *
 * @param {{words: string, undo?: () => void, close: () => void}} props
 */
export function Toast({ words, undo, close }) {
  useEffect(() => announce(words), [words]);
  return html`<div class="toast">
    <span>${words}</span>
    ${undo && html`<button type="button" onClick=${undo}>Undo</button>`}
    <button type="button" class="plain" aria-label="Close this message" onClick=${close}>✕</button>
  </div>`;
}
