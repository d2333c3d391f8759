/** Noting what a mentee told the mentor, or what came of it. The newest answer counts. */
import { useState } from "preact/hooks";
import { call } from "../api.js";
import { html } from "../html.js";
import { given, useSending } from "../sending.js";
import { ANSWERS, DISMISSALS } from "../vocabulary.js";
import { t } from "../words.js";
import { Dialog } from "./dialog.js";
import { Field, FormProblem } from "./fields.js";

/** @typedef {import("../api.js").Schemas} Schemas */

/**
 * @param {{forwardId: string, name: string, title: string, on?: string, done: (forward: Schemas["ForwardView"], words: string) => void, close: () => void}} props
 *   `on` is the mentor's date, where it is known
 */
export function AnswerDialog({ forwardId, name, title, on, done, close }) {
  const [answer, setAnswer] = useState(/** @type {Schemas["ReplyAnswer"]} */ ("interested"));
  const { form, busy, problem, send } = useSending();
  /** @param {SubmitEvent} event */
  const submit = async (event) => {
    const data = given(event);
    const body = { answer, reason: data.get("reason") ?? "", why: data.get("why") || null, remind_on: data.get("remind_on") || null };
    await send(async () => {
      const forward = /** @type {Schemas["ForwardView"]} */ (await call("POST", `/forwards/${forwardId}/replies`, { body }));
      done(forward, t("answer.noted", { answer: t(`answer.${answer}`) }));
    });
  };
  return html`<${Dialog} title=${t("answer.title", { name })} close=${close}>
    <p class="quiet">${title}</p>
    <form ref=${form} onSubmit=${submit}>
      <${FormProblem} problem=${problem} />
      <fieldset class="chips"><legend>${t("answer.which")}</legend>
        ${ANSWERS.map((code) => html`<label class="chip" key=${code}><input type="radio" name="answer" value=${code} checked=${code === answer} onChange=${() => setAnswer(code)} /> ${t(`answer.${code}`)}</label>`)}
      </fieldset>
      ${answer === "not_for_me" && html`<${Field} label=${t("dismiss.why")} name="why" problem=${problem} choices=${[{ value: "", words: t("answer.no_reason") }, ...DISMISSALS.map((value) => ({ value, words: t(`dismiss.${value}`) }))]} />`}
      ${answer === "remind_me" && html`<${Field} label=${t("remind.on")} name="remind_on" type="date" min=${on} required problem=${problem} />`}
      <${Field} label=${t("answer.words")} name="reason" maxlength="500" problem=${problem} />
      <div class="actions"><button class="primary" disabled=${busy}>${t("answer.save")}</button><button type="button" class="plain" onClick=${close}>${t("action.cancel")}</button></div>
    </form>
  <//>`;
}
