/** What a list or a call cannot be relied on for: its sources have not been read well for days. Asked beside the list. */
import { call } from "../api.js";
import { shortInstant } from "../format.js";
import { html } from "../html.js";
import { useAnswer } from "../loading.js";
import { listed, t } from "../words.js";
import { Stale } from "./states.js";

/** @typedef {import("../api.js").Schemas} Schemas */

/** The sources that are stale, or never were read: mostly none, and kept by the browser for minutes. */
export const staleNeed = { path: "/coverage", query: new URLSearchParams([["freshness", "stale"], ["freshness", "never"]]) };

/** For a call those too that are switched off: what they carried is still there, and nobody reads it any more. */
export const unreadNeed = { path: "/coverage", query: new URLSearchParams([...staleNeed.query, ["freshness", "off"]]) };

/** Where it is not known, whatever it is asked beside says what went wrong. @param {typeof staleNeed} need @returns {readonly Schemas["CoveredSource"][]} */
function useStale({ path, query }) {
  return useAnswer(/** @returns {Promise<Schemas["CoveragePage"]>} */ (signal) => call("GET", path, { query, signal }), `${query}`).value?.items ?? [];
}

/** That newer calls may be missing from a list. @param {{kinds: readonly string[]}} props `kinds` that it is narrowed to, or none */
export function StaleList({ kinds }) {
  const concerned = useStale(staleNeed).filter((one) => !kinds.length || one.kinds.some((kind) => kinds.includes(kind)));
  return html`<${Stale} sources=${concerned.map(({ title }) => title)} />`;
}

/** That a call may have changed since it was read: only where none of its sources was read well lately. @param {{call: Schemas["OpportunityView"]}} props */
export function StaleCall({ call: found }) {
  const stale = useStale(unreadNeed).filter(({ name }) => found.sources.includes(name));
  if (!stale.length || stale.length < found.sources.length) return null;
  const isOff = stale.every(({ freshness }) => freshness === "off");
  return html`<p class="notice mind" role="status">${t(isOff ? "state.off_call" : "state.stale_call", { count: stale.length, sources: listed(stale.map(({ title }) => title)), when: shortInstant(found.last_seen_at) })}</p>`;
}
