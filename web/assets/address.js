/** The address bar is the page's state: filters live in it, back works, links can be shared. */
import { useEffect, useState } from "preact/hooks";
import { keepPlace } from "./place.js";

const CHANGED = "opportune:address";

/** @returns {URL} */
export const here = () => new URL(location.href);

/**
 * Go to an address of this page.
 *
 * @param {string} address
 * @param {{replace?: boolean}} [options] `replace` when the step should not be one that "back" undoes
 */
export function go(address, { replace = false } = {}) {
  if (!replace) keepPlace();
  history[replace ? "replaceState" : "pushState"](null, "", address);
  if (!replace) scrollTo(0, 0);
  dispatchEvent(new Event(CHANGED));
}

/** @returns {URL} the address, again whenever it changes */
export function useAddress() {
  const [address, setAddress] = useState(here);
  useEffect(() => {
    const update = () => setAddress(here());
    addEventListener("popstate", update);
    addEventListener(CHANGED, update);
    return () => {
      removeEventListener("popstate", update);
      removeEventListener(CHANGED, update);
    };
  }, []);
  return address;
}

/**
 * Let plain clicks on links within the page change the view without loading it anew.
 *
 * @param {MouseEvent} event
 */
export function followLink(event) {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (!link || link.origin !== location.origin || link.target || link.hasAttribute("download")) return;
  if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  if (link.pathname.startsWith("/v1/") || link.pathname.startsWith("/docs")) return;
  event.preventDefault();
  if (link.hash && link.pathname === location.pathname) {
    document.getElementById(link.hash.slice(1))?.focus();
    return;
  }
  go(link.pathname + link.search);
}
