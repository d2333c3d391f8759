/** The mentor's mentees as choices of a field. */
import { call } from "../api.js";
import { useAnswer } from "../loading.js";

/** @typedef {import("../api.js").Schemas} Schemas */

/** What is asked of the API for them. */
export const menteesNeed = { path: "/mentees", query: new URLSearchParams({ limit: "100" }) };

/**
 * The names to choose from; who is chosen is among them while they are not there yet.
 *
 * @param {string | null | undefined} chosen @param {string} [called] whom that is, where it is known
 * @returns {{value: string, words: string}[]}
 */
export function useMentees(chosen, called = "…") {
  const { path, query } = menteesNeed;
  const asked = useAnswer(/** @returns {Promise<Schemas["MenteePage"]>} */ (signal) => call("GET", path, { query, signal }), "mentees");
  const known = (asked.value?.items ?? []).map(({ id, name }) => ({ value: id, words: name }));
  return chosen && !known.some(({ value }) => value === chosen) ? [...known, { value: chosen, words: called }] : known;
}
