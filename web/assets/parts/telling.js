/** Saying what is not known of a mentee where it is asked for: one fact, kept with her, and the verdicts follow. */
import { call } from "../api.js";
import { html } from "../html.js";
import { given, text, useFirstField, useSending } from "../sending.js";
import { DEGREES, PROFESSIONS, STAGES } from "../vocabulary.js";
import { t } from "../words.js";
import { Field, FormProblem } from "./fields.js";
import { countries } from "./person.js";
import { say } from "./toast.js";

/** @typedef {NonNullable<import("../api.js").Schemas["EligibilityView"]["fact"]>} Fact */

/** What can be answered. @type {Record<Fact, () => {value: string, words: string}[]>} */
const CHOICES = {
  stage: () => STAGES.map((value) => ({ value, words: t(`stage.${value}`) })),
  profession: () => PROFESSIONS.map((value) => ({ value, words: t(`profession.${value}`) })),
  degree: () => DEGREES.map((value) => ({ value, words: t(`degree.${value}`) })),
  citizenships: countries,
  residence: countries,
};

/** @param {Fact} fact @param {string | null} answer @returns {Record<string, unknown>} */
const change = (fact, answer) => ({ [fact]: fact === "citizenships" ? (answer ? [answer] : []) : answer });

/** @param {{mentee: import("../api.js").Schemas["Person"], fact: Fact, told: () => void, close: () => void}} props */
export function Telling({ mentee, fact, told, close }) {
  const { form, busy, problem, send } = useSending();
  useFirstField(form);
  /** Nothing was known before, so that nothing of anybody's is overwritten. @param {string | null} answer */
  const keep = (answer) => call("PATCH", `/mentees/${mentee.id}`, { body: change(fact, answer), version: "*" }).then(told);
  /** @param {Event} event */
  const submit = async (event) => {
    const answer = text(given(event), fact);
    if (await send(() => keep(answer))) say(t("telling.kept", { name: mentee.name }), () => keep(null).then(() => say(t("decision.undone"))));
  };
  return html`<form ref=${form} class="telling" onSubmit=${submit} aria-label=${t("telling.begin")} onKeyDown=${(/** @type {KeyboardEvent} */ event) => event.key === "Escape" && close()}>
    <${FormProblem} problem=${problem} />
    <${Field} label=${t(`fact.${fact}`)} name=${fact} required choices=${[{ value: "", words: t("fact.unknown") }, ...CHOICES[fact]()]} problem=${problem} />
    <button class="primary" disabled=${busy}>${t("person.save")}</button><button type="button" class="plain" onClick=${close}>${t("action.cancel")}</button>
  </form>`;
}
