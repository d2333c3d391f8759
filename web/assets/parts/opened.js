/** A view whose modules may still be on their way: opened for the first time, it is fetched first. */
import { useEffect, useState } from "preact/hooks";
import { unreachable } from "../api.js";
import { html } from "../html.js";
import { load, loadedOf } from "../routes.js";
import { Failed, Loading } from "./states.js";

/**
 * A browser remembers that a module could not be fetched, so trying again is loading the page again.
 *
 * @param {{found: import("../routes.js").Found, me?: import("../api.js").Schemas["Me"], address: URL, around?: unknown}} props
 *   `around` is put around what is shown until the view is there
 */
export function Opened({ found: { route, id }, me, address, around }) {
  const [, setLoaded] = useState(false);
  const [isLost, setLost] = useState(false);
  const opened = loadedOf(route);
  useEffect(() => {
    if (!opened) load(route).then(() => setLoaded(true), () => setLost(true));
  }, [route]);
  if (opened) return html`<${opened.view} id=${id} me=${me} address=${address} />`;
  const waiting = isLost ? html`<${Failed} problem=${unreachable()} again=${() => location.reload()} />` : html`<${Loading} />`;
  return around ? html`<${around}>${waiting}<//>` : waiting;
}
