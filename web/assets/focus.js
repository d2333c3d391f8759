/**
 * The focus is never nowhere. When what had it is taken away (a form that was saved, a row that was dealt with, a
 * message that was closed), it goes to what took its place: the next of the same list, or the heading around it.
 *
 * A view that knows better moves it first: here one looks only once what was taken away is drawn.
 *
 * @typedef {{element: HTMLElement, around: {element: Element, place: number}[]}} Trail what had the focus; what is around
 *   it, from the inside out, and at which place of each it stands
 */

const PASSING = "dialog, .toast";
/** Milliseconds after which a pressed button is not only busy, but of no more use. */
const WORKING = 2000;
const FOCUSABLE = "a[href], button:enabled, input:enabled:not([type=hidden]), select:enabled, textarea:enabled, summary";

/** @type {{before: Trail | null, within: Trail | null}} `within` what is open for a while; `before` it was opened */
const trails = { before: null, within: null };

/** Begin to look after the focus. */
export function keepFocus() {
  addEventListener("focusin", remember);
  addEventListener("focusout", leave);
  new MutationObserver(lookSoon).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["disabled"] });
}

/**
 * Focus what a part of the page begins with: the link of its heading, the heading, or else its first control.
 *
 * @param {Element | null | undefined} part
 * @returns {boolean} whether there was anything
 */
export function focusIn(part) {
  const heading = part?.querySelector("h1, h2, h3");
  const target = /** @type {HTMLElement | null | undefined} */ ((!heading?.hasAttribute("tabindex") && heading?.querySelector("a")) || heading || part?.querySelector(FOCUSABLE));
  if (target?.matches("h1, h2, h3")) target.tabIndex = -1;
  if (target) focusInSight(target);
  return Boolean(target);
}

/** Where it is seen already, nothing moves; else no further than it must. @param {HTMLElement} target */
function focusInSight(target) {
  target.focus({ preventScroll: true });
  target.scrollIntoView({ block: "nearest" });
}

/** @param {FocusEvent} event */
function remember({ target }) {
  const element = /** @type {HTMLElement} */ (target);
  const passing = element.closest(PASSING);
  trails.within = passing ? trailOf(element) : null;
  if (!passing) trails.before = trailOf(element);
}

/** Somebody who leaves for nowhere stays there: what they left is still to be seen. @param {FocusEvent} event */
function leave({ target, relatedTarget }) {
  const element = /** @type {HTMLElement} */ (target);
  if (relatedTarget) return;
  queueMicrotask(() => {
    if (element.isConnected && !element.matches(":disabled")) trails.before = trails.within = null;
  });
}

/** @param {HTMLElement} element @returns {Trail} */
function trailOf(element) {
  const around = [];
  for (let inner = /** @type {Element} */ (element), outer = inner.parentElement; outer && outer !== document.body; [inner, outer] = [outer, outer.parentElement]) {
    around.push({ element: outer, place: [...outer.children].indexOf(inner) });
    if (outer.matches(`main, ${PASSING}`)) break;
  }
  return { element, around };
}

let isLooking = false;

/** After the effects of what is drawn now. */
function lookSoon() {
  if (isLooking) return;
  isLooking = true;
  requestAnimationFrame(() =>
    setTimeout(() => {
      isLooking = false;
      if (document.activeElement === document.body) findAgain();
    }),
  );
}

function findAgain() {
  const { before, within } = trails;
  if (within?.around.at(-1)?.element.isConnected) moveOn(within);
  else if (before) moveOn(before);
}

/** @param {Trail} trail */
function moveOn({ element, around }) {
  if (element.matches(":disabled")) setTimeout(() => document.activeElement === document.body && element.matches(":disabled") && toRest(around), WORKING);
  else if (element.isConnected) focusInSight(element);
  else toRest(around);
}

/** @param {Trail["around"]} around */
function toRest(around) {
  const left = around.filter((one) => one.element.isConnected);
  if (!left.length) focusIn(document.querySelector("main"));
  else left.some(({ element: part, place }) => focusIn(part.matches("ol, ul") ? nextIn(part, place) : part));
}

/** @param {Element} list @param {number} place of what is no longer there */
const nextIn = ({ children }, place) => children[Math.min(place, children.length - 1)];
