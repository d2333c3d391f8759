/** The filters that a feed or a webhook is made with: a few in a form, all of them in words, none lost by a change. */
import { country, day } from "../format.js";
import { html } from "../html.js";
import { text } from "../sending.js";
import { KINDS } from "../vocabulary.js";
import { named, t } from "../words.js";
import { MenteeChooser, useMentee } from "./choosing_mentees.js";
import { Field } from "./fields.js";
import { countries } from "./person.js";

/** @typedef {Record<string, any>} Filters as the API keeps them: only those that narrow */

const SEVERAL = "several";

/** How each filter is said. @type {Record<string, (value: any) => string[]>} */
const SAID = {
  kind: (values) => values.map((/** @type {string} */ value) => named("kind", value)),
  country: (values) => values.map(country),
  stage: (values) => values.map((/** @type {string} */ value) => t("filters.said.stage", { stage: named("stage", value) })),
  status: (values) => values.map((/** @type {string} */ value) => named("status", value)),
  deadline_after: (value) => [t("filters.said.after", { day: day(value, false) })],
  deadline_before: (value) => [t("filters.said.before", { day: day(value, false) })],
  funded: (value) => [t(value ? "filters.funded" : "filters.said.unfunded")],
  remote: (value) => [t(value ? "place.online" : "filters.said.on_site")],
  q: (value) => [`“${value}”`],
  source: (value) => [t("filters.said.source", { source: value })],
  mentee_id: () => [], // said by whoever knows the name: `useAbout`
};

/** @param {unknown} value */
const says = (value) => value !== null && value !== undefined && value !== "" && (!Array.isArray(value) || value.length > 0);

/** Filters in words; one that the page does not know is shown as it is. @param {Filters | null | undefined} filters @returns {string[]} */
export const narrowed = (filters) => Object.entries(filters ?? {}).flatMap(([name, value]) => (says(value) ? (SAID[name]?.(value) ?? [`${name}: ${value}`]) : []));

/**
 * Whom filters are about, in words: the API keeps an id, and its mentee may be the mentor's no longer.
 *
 * @param {Filters | null | undefined} filters @returns {string[]}
 */
export function useAbout(filters) {
  const { value, problem } = useMentee(filters?.mentee_id);
  if (!filters?.mentee_id) return [];
  return [value ? t("filters.said.mentee", { name: value.name }) : t(problem?.status === 404 ? "filters.said.mentee_gone" : "filters.said.one_mentee")];
}

/**
 * What the form does not show of filters: it is kept as it is.
 *
 * @param {Filters} filters
 * @returns {Filters}
 */
export function hidden({ kind: _, country: places, funded, ...others }) {
  return { ...others, ...(funded === false && { funded }), ...(places?.length > 1 && { country: places }) };
}

/**
 * What a form of filters holds, and what it does not show of those `before`.
 *
 * @param {FormData} data
 * @param {Filters} [before]
 * @returns {Filters}
 */
export function narrowingIn(data, before = {}) {
  const place = text(data, "country");
  const kept = hidden(before);
  const shown = { kind: data.getAll("kind"), country: place === SEVERAL ? kept.country : place ? [place] : [] };
  const about = data.has("mentee_id") ? { mentee_id: text(data, "mentee_id") } : {};
  return { ...kept, ...shown, ...about, funded: data.has("funded") || (kept.funded ?? null) };
}

/**
 * The few filters that a feed or a webhook is made with, and in words whatever else it has; `mentees`: one can be chosen.
 *
 * @param {{given?: Filters, mentees?: boolean}} props
 */
export function Narrowing({ given: before = {}, mentees }) {
  const several = before.country?.length > 1 ? [{ value: SEVERAL, words: before.country.map(country).join(", ") }] : [];
  const { country: _, ...others } = hidden(before);
  const [whom] = useAbout(before);
  const also = [...(whom && !mentees ? [whom] : []), ...narrowed(others)];
  return html`
    <fieldset class="chips"><legend>${t("field.kind")}</legend>${KINDS.map((value) => html`<label class="chip" key=${value}><input type="checkbox" name="kind" value=${value} defaultChecked=${before.kind?.includes(value)} /> ${t(`kind.${value}`)}</label>`)}
      <label class="chip"><input type="checkbox" name="funded" value="true" defaultChecked=${before.funded === true} /> ${t("filters.funded")}</label></fieldset>
    <${Field} label=${t("filters.where")} name="country" choices=${[{ value: "", words: t("filters.anywhere") }, ...several, ...countries()]} defaultValue=${several.length ? SEVERAL : (before.country?.[0] ?? "")} />
    ${mentees && html`<${MenteeChooser} label=${t("filters.mentee")} none=${t("filters.no_mentee")} chosen=${before.mentee_id} />`}
    ${also.length > 0 && html`<p class="small"><strong>${t("filters.also")}</strong> ${also.join(" · ")}. <span class="quiet">${t("filters.also.why")}</span></p>`}`;
}
