/** The mentor's mentees as choices of a field, found by name: a coordinator may have thousands. */
import { call } from "../api.js";
import { html } from "../html.js";
import { useAnswer } from "../loading.js";
import { t } from "../words.js";
import { Chooser } from "./chooser.js";

/** @typedef {import("../api.js").Schemas} Schemas */

const AT_ONCE = 20;

/** In the body, for a name belongs in no address. @param {string} name @param {AbortSignal} signal @returns {Promise<import("./chooser.js").Found>} */
const find = (name, signal) =>
  call("POST", "/mentees/search", { body: { name, limit: AT_ONCE }, signal }).then((/** @type {Schemas["MenteePage"]} */ page) => ({
    items: page.items.map(({ id, name: called, stage }) => ({ id, name: called, beside: stage ? t(`stage.${stage}`) : "" })),
    isAll: !page.next,
  }));

/** Who is chosen is asked for by their id. @param {string | null | undefined} id */
export const menteeNeeds = (id) => (id ? [{ path: `/mentees/${id}` }] : []);

/** @param {string | null | undefined} id @returns {import("../loading.js").Asked<Schemas["MenteeView"] | null>} */
export const useMentee = (id) => useAnswer((signal) => (id ? call("GET", `/mentees/${id}`, { signal }) : Promise.resolve(null)), id ?? "");

/** @param {{label: string, none: string, hint?: string, chosen?: string | null}} props `chosen` by id */
export function MenteeChooser({ chosen, ...field }) {
  const { value, problem } = useMentee(chosen);
  const name = value && value.id === chosen ? value.name : problem ? t("chooser.gone") : "…";
  return html`<${Chooser} ...${field} name="mentee_id" chosen=${chosen ? { id: chosen, name } : null} find=${find} />`;
}
