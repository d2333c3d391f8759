/** Where the mentor was on a view, kept with its entry of the history, so that "back" leads there again. */
import { useEffect } from "preact/hooks";

/** @typedef {{top: number, rows: number, link: string, at: number}} Place `at` is the link's place among those of the view */

const links = () => /** @type {HTMLAnchorElement[]} */ ([...document.querySelectorAll("main a[href]")]);

/** Remember where the mentor is. Called before the address changes. */
export function keepPlace() {
  const link = document.activeElement?.closest("main a[href]");
  /** @type {Place} */
  const place = { top: scrollY, rows: document.querySelectorAll("main .rows > li").length, link: link?.getAttribute("href") ?? "", at: link ? links().indexOf(/** @type {HTMLAnchorElement} */ (link)) : -1 };
  history.replaceState({ place }, "");
}

/** @returns {Place | undefined} where the mentor was when they left this entry of the history */
export const placeLeft = () => history.state?.place;

/**
 * Go back to where the mentor was, once the rows are there.
 *
 * @param {boolean} ready
 */
export function useReturn(ready) {
  useEffect(() => {
    const place = placeLeft();
    if (!ready || !place) return undefined;
    const timer = setTimeout(() => {
      const there = links();
      const link = there[place.at]?.getAttribute("href") === place.link ? there[place.at] : there.find((one) => one.getAttribute("href") === place.link);
      link?.focus({ preventScroll: true });
      scrollTo(0, place.top);
    }, 0);
    return () => clearTimeout(timer);
  }, [ready]);
}
