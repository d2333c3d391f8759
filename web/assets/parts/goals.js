/** A mentee's goals, as they are changed: worded, weighed, put in order, laid aside and taken up again. */
import { useState } from "preact/hooks";
import { call } from "../api.js";
import { html } from "../html.js";
import { useAnswer } from "../loading.js";
import { given, text, useFirstField, useSending } from "../sending.js";
import { HORIZONS } from "../vocabulary.js";
import { t } from "../words.js";
import { Field, FormProblem } from "./fields.js";
import { focusRowSoon } from "./shortcuts.js";
import { Answered } from "./states.js";
import { say, sayProblem } from "./toast.js";

/** @typedef {import("../api.js").Schemas} Schemas */

/** @param {{mentee: Schemas["MenteeView"], changed: () => void}} props */
export function GoalsEdited({ mentee, changed }) {
  const path = `/mentees/${mentee.id}/goals`;
  const asked = useAnswer(/** @returns {Promise<Schemas["GoalPage"]>} */ (signal) => call("GET", path, { signal }), `${mentee.id} ${mentee.version}`);
  /** A goal is a part of the mentee, whose version guards it. @param {string} id @param {Schemas["GoalPatch"]} body */
  const patch = async (id, body) => {
    const { version } = /** @type {Schemas["MenteeView"]} */ (await call("GET", `/mentees/${mentee.id}`));
    await call("PATCH", `${path}/${id}`, { body, version });
    changed();
  };
  return html`<section aria-labelledby="goals-title"><h2 id="goals-title">${t("goals.title")}</h2>
    <p class="quiet small">${t("goals.about")}</p>
    <${Answered} asked=${asked} rows=${2}>${(/** @type {Schemas["GoalPage"]} */ page) => {
      const live = page.items.filter((goal) => !goal.archived_at);
      const aside = page.items.filter((goal) => goal.archived_at);
      return html`
        ${!live.length && html`<p class="notice mind">${t("goals.none")}</p>`}
        <ol class="rows" aria-label=${t("goals.title")}>${live.map((goal, place) => html`<${Goal} key=${goal.id} goal=${goal} place=${place} count=${live.length} patch=${patch} version=${mentee.version} path=${path} changed=${changed} />`)}</ol>
        ${live.length < 10 ? html`<${Added} key=${page.items.length} path=${path} changed=${changed} />` : html`<p class="quiet small">${t("goals.full")}</p>`}
        ${aside.length > 0 && html`<details class="sheet"><summary>${t("goals.aside", { count: aside.length })}</summary>
          <ul class="plainlist">${aside.map((goal) => html`<li key=${goal.id}>${goal.text} <button type="button" class="small" onClick=${() => patch(goal.id, { archived: false }).then(() => say(t("goals.taken_up")), sayProblem)}>${t("goals.take_up")}<span class="unseen"> ${goal.text}</span></button></li>`)}</ul></details>`}`;
    }}<//>
  </section>`;
}

/**
 * @param {{goal: Schemas["GoalView"], place: number, count: number, version: number, path: string, changed: () => void,
 *   patch: (id: string, body: Schemas["GoalPatch"]) => Promise<void>}} props
 */
function Goal({ goal, place, count, version, path, patch, changed }) {
  const [open, setOpen] = useState(false);
  const of = html`<span class="unseen"> ${goal.text}</span>`;
  /** @param {number} position */
  const move = (position) => patch(goal.id, { position }).then(() => (focusRowSoon(position), say(t("goals.moved", { place: position + 1 }), () => patch(goal.id, { position: place }))), sayProblem);
  const lay = () => patch(goal.id, { archived: true }).then(() => (focusRowSoon(place), say(t("goals.laid_aside"), () => patch(goal.id, { archived: false }))), sayProblem);
  return html`<li class="row"><article aria-labelledby=${goal.id}>
    <h3 id=${goal.id} tabindex="-1">${goal.text}</h3>
    <p class="quiet small">${t(`horizon.${goal.horizon}`)} · ${t("goals.weighs", { weight: goal.weight })}</p>
    ${open
      ? html`<${Changed} goal=${goal} version=${version} path=${path} done=${() => (setOpen(false), changed(), focusRowSoon(place))} close=${() => (setOpen(false), focusRowSoon(place))} />`
      : html`<div class="actions">
          <button type="button" aria-keyshortcuts="c" onClick=${() => setOpen(true)}>${t("goals.change")}${of}</button>
          <button type="button" disabled=${place === 0} onClick=${() => move(place - 1)}><span aria-hidden="true">↑</span> ${t("goals.up")}${of}</button>
          <button type="button" disabled=${place === count - 1} onClick=${() => move(place + 1)}><span aria-hidden="true">↓</span> ${t("goals.down")}${of}</button>
          <button type="button" aria-keyshortcuts="e" onClick=${lay}>${t("goals.lay_aside")}${of}</button>
        </div>`}
  </article></li>`;
}

/** @param {FormData} data */
const goalIn = (data) => ({ text: text(data, "text") ?? "", horizon: text(data, "horizon") ?? "this_year", weight: Number(text(data, "weight") ?? 1) });

/** @param {{goal: Schemas["GoalView"], version: number, path: string, done: () => void, close: () => void}} props */
function Changed({ goal, version, path, done, close }) {
  const { form, busy, problem, send } = useSending();
  useFirstField(form);
  const submit = async (/** @type {Event} */ event) => {
    const body = goalIn(given(event));
    if (await send(() => call("PATCH", `${path}/${goal.id}`, { body, version }))) {
      say(t("person.saved"));
      done();
    }
  };
  return html`<form ref=${form} class="within" onSubmit=${submit} aria-label=${t("goals.change")} onKeyDown=${(/** @type {KeyboardEvent} */ event) => event.key === "Escape" && close()}>
    <${FormProblem} problem=${problem} /><${GoalFields} goal=${goal} problem=${problem} />
    <div class="actions"><button class="primary" disabled=${busy}>${t("person.save")}</button><button type="button" class="plain" onClick=${close}>${t("action.cancel")}</button></div></form>`;
}

/** @param {{path: string, changed: () => void}} props */
function Added({ path, changed }) {
  const { form, busy, problem, send } = useSending();
  const submit = async (/** @type {Event} */ event) => {
    const body = goalIn(given(event));
    if (await send(() => call("POST", path, { body }))) {
      say(t("goals.added"));
      changed();
    }
  };
  return html`<form ref=${form} class="sheet wide-form" onSubmit=${submit} aria-labelledby="goal-added"><h3 id="goal-added">${t("goals.add")}</h3>
    <${FormProblem} problem=${problem} /><${GoalFields} goal=${{ text: "", horizon: "this_year", weight: 1 }} problem=${problem} />
    <button disabled=${busy}>${t("goals.add")}</button></form>`;
}

/** @param {{goal: {text: string, horizon: string, weight: number}, problem: import("../api.js").Problem | null}} props */
const GoalFields = ({ goal, problem }) => html`<div class="fields">
  <${Field} wide label=${t("goals.text")} name="text" lines=${2} required maxlength="2000" defaultValue=${goal.text} problem=${problem} />
  <${Field} label=${t("goals.horizon")} name="horizon" choices=${HORIZONS.map((value) => ({ value, words: t(`horizon.${value}`) }))} defaultValue=${goal.horizon} problem=${problem} />
  <${Field} label=${t("goals.weight")} hint=${t("goals.weight.hint")} name="weight" type="number" min="0.1" max="10" step="any" defaultValue=${String(goal.weight)} problem=${problem} />
</div>`;
