/** Saying what is not known of a mentee where it is asked for: one fact, kept with her, and the verdicts follow. */
import { call } from "../api.js";
import { html } from "../html.js";
import { given, text, useFirstField, useSending } from "../sending.js";
import { DEGREES, PROFESSIONS, STAGES } from "../vocabulary.js";
import { listed, t } from "../words.js";
import { Field, FormProblem } from "./fields.js";
import { A_YEAR, countries, language, several, YEARS } from "./person.js";
import { say } from "./toast.js";

/** @typedef {import("../api.js").Schemas} Schemas */
/** @typedef {NonNullable<Schemas["EligibilityView"]["fact"]>} Fact */

/** How often it is tried against somebody who is quicker. */
const TURNS = 3;

/** @typedef {typeof YEARS[number]} YearFact */
/** @typedef {string | number | string[]} Answer */

/** What can be answered, where it is chosen. @type {Record<Exclude<Fact, YearFact | "languages">, () => {value: string, words: string}[]>} */
const CHOICES = {
  stage: () => STAGES.map((value) => ({ value, words: t(`stage.${value}`) })),
  profession: () => PROFESSIONS.map((value) => ({ value, words: t(`profession.${value}`) })),
  degree: () => DEGREES.map((value) => ({ value, words: t(`degree.${value}`) })),
  citizenships: countries,
  residence: countries,
};

/** @param {Fact} fact @returns {fact is YearFact} */
const isYear = (fact) => YEARS.some((one) => one === fact);

/** @param {Fact} fact @param {Schemas["MenteeView"][Fact]} value */
function wordsOf(fact, value) {
  if (isYear(fact)) return `${value}`;
  const all = [value].flat().map(String);
  return listed(fact === "languages" ? all.map(language) : CHOICES[fact]().filter((one) => all.includes(one.value)).map(({ words }) => words));
}

/** What was answered, as it is kept; empty where nothing was. @param {Fact} fact @param {FormData} data @returns {Answer} */
function answered(fact, data) {
  if (fact === "languages") return several(data, fact);
  return isYear(fact) ? Number(text(data, fact)) : (text(data, fact) ?? "");
}

/**
 * What a fact becomes with an answer: citizenships and languages add up, and an answer that somebody gave meanwhile stays.
 *
 * @template {Schemas["MenteeView"][Fact]} Value
 * @param {Value} before @param {Answer} answer @returns {Value | Answer}
 */
const joined = (before, answer) => (Array.isArray(before) ? [...new Set([...before, ...[answer].flat().map(String)])] : (before ?? answer));

/**
 * Keep an answer with what is stored of her by now, whoever stored it: when somebody is quicker (412) it is read again.
 *
 * @param {string} address @param {Fact} fact @param {Answer} answer
 * @returns {Promise<{before: Schemas["MenteeView"], after: Schemas["MenteeView"]}>} `after` is `before` where nothing was to be changed
 */
async function kept(address, fact, answer) {
  for (let turn = 1; ; turn += 1) {
    const before = /** @type {Schemas["MenteeView"]} */ (await call("GET", address));
    const value = joined(before[fact], answer);
    if (`${value}` === `${before[fact]}`) return { before, after: before };
    try {
      return { before, after: await call("PATCH", address, { body: { [fact]: value }, version: before.version }) };
    } catch (error) {
      if (/** @type {any} */ (error).status !== 412 || turn === TURNS) throw error;
    }
  }
}

/** @param {{mentee: Schemas["Person"], fact: Fact, told: () => void, close: () => void}} props */
export function Telling({ mentee, fact, told, close }) {
  const { form, busy, problem, send } = useSending();
  useFirstField(form);
  const address = `/mentees/${mentee.id}`;
  /** @param {{before: Schemas["MenteeView"], after: Schemas["MenteeView"]}} change */
  const undo = async ({ before, after }) => {
    await call("PATCH", address, { body: { [fact]: before[fact] }, version: after.version });
    told();
    say(t("decision.undone"));
  };
  /** @param {Answer} answer */
  const keep = async (answer) => {
    const change = await kept(address, fact, answer);
    told();
    if (change.after === change.before) say(t("telling.stands", { value: wordsOf(fact, change.after[fact]) }));
    else say(t("telling.kept", { name: mentee.name }), () => undo(change));
  };
  /** @param {Event} event */
  const submit = (event) => {
    const answer = answered(fact, given(event));
    if ([answer].flat().some(Boolean)) send(() => keep(answer));
  };
  return html`<form ref=${form} class="telling" onSubmit=${submit} aria-label=${t("telling.begin")} onKeyDown=${(/** @type {KeyboardEvent} */ event) => event.key === "Escape" && close()}>
    <${FormProblem} problem=${problem} />
    ${isYear(fact)
      ? html`<${Field} label=${t(`fact.${fact}`)} hint=${t(`year_of.${fact}`)} name=${fact} required ...${A_YEAR} problem=${problem} />`
      : fact === "languages" ? html`<${Field} label=${t("fact.languages")} hint=${t("person.several")} name=${fact} required autocomplete="off" problem=${problem} />`
      : html`<${Field} label=${t(`fact.${fact}`)} name=${fact} required choices=${[{ value: "", words: t("fact.unknown") }, ...CHOICES[fact]()]} problem=${problem} />`}
    <button class="primary" disabled=${busy}>${t("person.save")}</button><button type="button" class="plain" onClick=${close}>${t("action.cancel")}</button>
  </form>`;
}
