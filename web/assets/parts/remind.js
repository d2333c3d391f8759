/** Being reminded of a call for a mentee: by its deadline, by the latest sensible day to begin, or on a day of one's own. */
import { useState } from "preact/hooks";
import { call } from "../api.js";
import { day } from "../format.js";
import { html } from "../html.js";
import { useAnswer } from "../loading.js";
import { given, useSending } from "../sending.js";
import { t } from "../words.js";
import { Dialog } from "./dialog.js";
import { Field, FormProblem } from "./fields.js";
import { Answered } from "./states.js";
import { say } from "./toast.js";

/** @typedef {import("../api.js").Schemas} Schemas */

const OWN = "own";

/**
 * A new reminder, or another day for one there is.
 *
 * @param {{mentee: Schemas["Person"], opportunity: {id: string, title: string}, reminder?: Schemas["ReminderView"], done: () => void, close: () => void}} props
 */
export function RemindDialog({ mentee, opportunity, reminder, done, close }) {
  const query = new URLSearchParams({ opportunity_id: opportunity.id });
  const asked = useAnswer(/** @returns {Promise<Schemas["ReminderChoices"]>} */ (signal) => call("GET", "/reminders/choices", { query, signal }), opportunity.id);
  return html`<${Dialog} title=${t("remind.title", { name: mentee.name })} close=${close}>
    <p class="quiet">${opportunity.title}</p>
    <${Answered} asked=${asked} rows=${1}>${(/** @type {Schemas["ReminderChoices"]} */ choices) => html`<${Choosing} choices=${choices.items} mentee=${mentee} opportunity=${opportunity} reminder=${reminder} done=${done} close=${close} />`}<//>
  <//>`;
}

/** @param {{choices: Schemas["ReminderChoice"][], mentee: Schemas["Person"], opportunity: {id: string}, reminder?: Schemas["ReminderView"], done: () => void, close: () => void}} props */
function Choosing({ choices, mentee, opportunity, reminder, done, close }) {
  const [chosen, setChosen] = useState(choices.length ? String(Math.max(0, choices.findIndex(({ usual }) => usual))) : OWN);
  const { form, busy, problem, send } = useSending();
  /** @param {SubmitEvent} event */
  const submit = async (event) => {
    const data = given(event);
    const choice = choices[Number(chosen)];
    const when = choice && chosen !== OWN ? { basis: choice.basis, days_before: choice.days_before } : { basis: "date", remind_on: data.get("remind_on") || null };
    if (await send(() => keep(when, String(data.get("text") ?? "")))) done();
  };
  /** @param {object} when @param {string} text */
  const keep = async (when, text) => {
    if (reminder) {
      await call("PATCH", `/reminders/${reminder.id}`, { body: { when, text }, version: reminder.version });
      say(t("remind.moved"));
      return;
    }
    const made = /** @type {Schemas["ReminderView"]} */ (await call("POST", "/reminders", { body: { ...when, text, mentee_id: mentee.id, opportunity_id: opportunity.id } }));
    say(made.day ? t("remind.set", { day: day(made.day) }) : t("remind.moved"), () => call("DELETE", `/reminders/${made.id}`).then(() => say(t("decision.undone"))));
  };
  return html`<form ref=${form} onSubmit=${submit}>
    <${FormProblem} problem=${problem} />
    <fieldset><legend>${t("remind.when")}</legend>
      ${choices.map((choice, index) => html`<label class="check" key=${index}><input type="radio" name="which" checked=${chosen === String(index)} onChange=${() => setChosen(String(index))} /> <span>${choiceWords(choice)} <span class="quiet small">${day(choice.day)}</span></span></label>`)}
      <label class="check"><input type="radio" name="which" checked=${chosen === OWN} onChange=${() => setChosen(OWN)} /> ${t("remind.own")}</label>
    </fieldset>
    ${chosen === OWN && html`<${Field} label=${t("remind.on")} name="remind_on" type="date" required pointer=${reminder ? "/when/remind_on" : "/remind_on"} problem=${problem} />`}
    <${Field} label=${t("remind.about")} name="text" maxlength="300" defaultValue=${reminder?.text ?? ""} problem=${problem} />
    <div class="actions"><button class="primary" disabled=${busy}>${t("remind.me")}</button><button type="button" class="plain" onClick=${close}>${t("action.cancel")}</button></div>
  </form>`;
}

/** @param {Schemas["ReminderChoice"]} choice */
const choiceWords = ({ basis, days_before }) => (basis === "start_by" ? t("remind.start_by") : t("remind.before", { count: days_before }));
