/** What is kept about a mentee, as a form's fields, and the way back from the form to what the API takes. */
import { useState } from "preact/hooks";
import { country } from "../format.js";
import { html } from "../html.js";
import { text } from "../sending.js";
import { COUNTRIES, DEGREES, PROFESSIONS, STAGES } from "../vocabulary.js";
import { t, tag } from "../words.js";
import { Field } from "./fields.js";

/** @typedef {import("../api.js").Schemas} Schemas */
/** @typedef {Omit<Schemas["MenteeBody"], "programme_id" | "goals">} Person */

/** Nobody yet. @type {Person} */
export const NOBODY = { name: "", email: null, stage: null, profession: null, specialty: "", citizenships: [], residence: null, degree: null, qualified_in: null, doctorate_in: null, studies_since: null, memberships: [], languages: [], available_from: null, needs_funding: null };

/** What is a year of the calendar. */
export const YEARS = /** @type {const} */ (["qualified_in", "doctorate_in", "studies_since"]);

/** The field of a year takes no other number. */
export const A_YEAR = { type: "number", min: 1940, max: 2060, step: 1, inputmode: "numeric", autocomplete: "off" };

/** @type {readonly (keyof Person)[]} */
const FACTS = /** @type {any} */ (Object.keys(NOBODY));

/** @param {Schemas["MenteeView"]} mentee @returns {Person} */
export const personOf = (mentee) => /** @type {Person} */ (Object.fromEntries(FACTS.map((fact) => [fact, mentee[/** @type {keyof Schemas["MenteeView"]} */ (fact)]])));

/**
 * The facts that differ, as they are in `after`.
 *
 * @param {Person} before @param {Person} after @returns {Partial<Person>}
 */
export const differing = (before, after) => Object.fromEntries(FACTS.filter((fact) => JSON.stringify(before[fact]) !== JSON.stringify(after[fact])).map((fact) => [fact, after[fact]]));

/** @param {string} code */
export const language = (code) => {
  try {
    return new Intl.DisplayNames(tag(), { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
};

/** Several in one field, parted by semicolons: names may hold commas. @param {FormData} data @param {string} name */
export const several = (data, name) => [...new Set((text(data, name) ?? "").split(/[;\n]/).map((one) => one.trim()).filter(Boolean))];

/** @param {FormData} data @param {string} name */
const year = (data, name) => (text(data, name) ? Number(text(data, name)) : null);

/**
 * What stands in the form. Languages that were known by code keep it, whatever they are called here.
 *
 * @param {FormData} data @param {readonly string[]} codes the languages' codes as they were
 * @returns {Person}
 */
export function personIn(data, codes) {
  const known = new Map(codes.map((code) => [language(code).toLocaleLowerCase(), code]));
  const funding = text(data, "needs_funding");
  return /** @type {Person} */ ({
    name: text(data, "name") ?? "",
    email: text(data, "email"),
    stage: text(data, "stage"),
    profession: text(data, "profession"),
    specialty: text(data, "specialty") ?? "",
    citizenships: data.getAll("citizenships").map(String),
    residence: text(data, "residence"),
    degree: text(data, "degree"),
    qualified_in: year(data, "qualified_in"),
    doctorate_in: year(data, "doctorate_in"),
    studies_since: year(data, "studies_since"),
    memberships: several(data, "memberships"),
    languages: several(data, "languages").map((one) => known.get(one.toLocaleLowerCase()) ?? one),
    available_from: text(data, "available_from"),
    needs_funding: funding === null ? null : funding === "true",
  });
}

/** @param {readonly {value: string, words: string}[]} choices */
const orUnknown = (choices) => [{ value: "", words: t("fact.unknown") }, ...choices];

/** Every country by its name here, in the order of the alphabet. */
export const countries = () => COUNTRIES.map((code) => ({ value: code, words: country(code) })).sort((a, b) => a.words.localeCompare(b.words, tag()));

/** @param {{person: Person, problem: import("../api.js").Problem | null}} props */
export function PersonFields({ person, problem }) {
  const all = countries();
  return html`
    <div class="fields">
      <${Field} label=${t("fact.name")} name="name" required maxlength="200" autocomplete="off" defaultValue=${person.name} problem=${problem} />
      <${Field} label=${t("fact.email")} name="email" type="email" maxlength="254" autocomplete="off" defaultValue=${person.email ?? ""} problem=${problem} />
    </div>
    <h3>${t("person.decides")}</h3>
    <p class="quiet small">${t("person.decides.why")}</p>
    <div class="fields">
      <${Field} label=${t("fact.stage")} name="stage" choices=${orUnknown(STAGES.map((value) => ({ value, words: t(`stage.${value}`) })))} defaultValue=${person.stage ?? ""} problem=${problem} />
      <${Field} label=${t("fact.profession")} name="profession" choices=${orUnknown(PROFESSIONS.map((value) => ({ value, words: t(`profession.${value}`) })))} defaultValue=${person.profession ?? ""} problem=${problem} />
      <${Field} label=${t("fact.degree")} name="degree" choices=${orUnknown(DEGREES.map((value) => ({ value, words: t(`degree.${value}`) })))} defaultValue=${person.degree ?? ""} problem=${problem} />
      ${YEARS.map((fact) => html`<${Field} key=${fact} label=${t(`fact.${fact}`)} hint=${t(`year_of.${fact}`)} name=${fact} ...${A_YEAR} defaultValue=${person[fact] ?? ""} problem=${problem} />`)}
      <${Field} label=${t("fact.specialty")} name="specialty" maxlength="200" autocomplete="off" defaultValue=${person.specialty} problem=${problem} />
      <${Citizenships} codes=${person.citizenships ?? []} all=${all} problem=${problem} />
      <${Field} label=${t("fact.residence")} name="residence" choices=${orUnknown(all)} defaultValue=${person.residence ?? ""} problem=${problem} />
      <${Field} label=${t("fact.needs_funding")} name="needs_funding" choices=${orUnknown([{ value: "true", words: t("fact.yes") }, { value: "false", words: t("fact.no") }])}
        defaultValue=${person.needs_funding === null || person.needs_funding === undefined ? "" : String(person.needs_funding)} problem=${problem} />
      <${Field} label=${t("fact.available_from")} name="available_from" type="date" defaultValue=${person.available_from ?? ""} problem=${problem} />
      <${Field} wide label=${t("fact.languages")} hint=${t("person.several")} name="languages" autocomplete="off" defaultValue=${(person.languages ?? []).map(language).join("; ")} problem=${problem} />
      <${Field} wide label=${t("fact.memberships")} hint=${t("person.several")} name="memberships" autocomplete="off" defaultValue=${(person.memberships ?? []).join("; ")} problem=${problem} />
    </div>`;
}

/**
 * One field for each citizenship, and a further one as soon as the last is filled.
 *
 * @param {{codes: readonly string[], all: readonly {value: string, words: string}[], problem: import("../api.js").Problem | null}} props
 */
function Citizenships({ codes, all, problem }) {
  const [chosen, setChosen] = useState(codes.length ? codes : [""]);
  /** @param {number} place @param {string} code */
  const choose = (place, code) => setChosen(chosen.map((one, at) => (at === place ? code : one)));
  return html`<div class="field"><div class="several">
    ${chosen.map((code, place) => html`<${Field} key=${place} label=${place ? t("person.citizenship_too", { count: place + 1 }) : t("fact.citizenships")} name=${code ? "citizenships" : ""} pointer=${place ? `/citizenships/${place}` : "/citizenships"}
      choices=${orUnknown(all)} defaultValue=${code} onChange=${(/** @type {any} */ event) => choose(place, event.target.value)} problem=${problem} />`)}
    ${chosen.length < 10 && chosen.every(Boolean) && html`<button type="button" class="plain small" onClick=${() => setChosen([...chosen, ""])}>${t("person.another_citizenship")}</button>`}
  </div></div>`;
}
