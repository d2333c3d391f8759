/** The mentee's own page, without an account: one call and the answers. It knows nothing about any person. */
import { useState } from "preact/hooks";
import { call } from "../api.js";
import { deadline } from "../format.js";
import { html } from "../html.js";
import { asProblem, useAnswer } from "../loading.js";
import { Outward } from "../parts/facts.js";
import { Failed, Heading, Loading } from "../parts/states.js";
import { t } from "../words.js";

/** @typedef {import("../api.js").Schemas} Schemas */

/** @param {{address: URL}} props */
export function Reply({ address }) {
  const token = address.hash.slice(1);
  const asked = useAnswer(/** @returns {Promise<Schemas["ReplyPage"]>} */ (signal) => call("GET", `/replies/${token}`, { signal }), token);
  const [problem, setProblem] = useState(/** @type {import("../api.js").Problem | null} */ (null));
  /** @param {SubmitEvent} event */
  const answer = (event) => {
    event.preventDefault();
    const given = new FormData(/** @type {HTMLFormElement} */ (event.target), event.submitter);
    const remind = String(given.get("remind_on") ?? "");
    const body = { answer: given.get("answer"), reason: String(given.get("reason") ?? ""), ...(remind ? { remind_on: remind } : {}) };
    setProblem(null);
    call("POST", `/replies/${token}`, { body }).then(asked.again, (error) => setProblem(asProblem(error)));
  };
  if (asked.problem) return html`<main class="narrow"><${Heading} title=${t("reply.link")} /><${Failed} problem=${asked.problem} /></main>`;
  if (!asked.value) return html`<main class="narrow"><${Loading} rows=${1} /></main>`;
  const { opportunity, answers, answered } = asked.value;
  const when = deadline({ ...opportunity, timing: "unknown" }, new Date());
  return html`<main class="narrow" id="main">
    <${Heading} title=${opportunity.title}><p class="quiet">${t(`kind.${opportunity.kind}`)} · ${opportunity.organisation}</p><//>
    <p><strong>${when.absolute}</strong> <span class="quiet">${when.relative}</span></p>
    ${opportunity.summary && html`<p>${opportunity.summary}</p>`}
    <p><${Outward} href=${opportunity.url}>${t("reply.read")}<//></p>
    <form class="reply" onSubmit=${answer}>
      <h2>${t("reply.question")}</h2>
      ${answered && html`<p class="notice good" role="status">${t("reply.answered", { answer: t(`answer.${answered}`) })}</p>`}
      ${problem && html`<${Failed} problem=${problem} />`}
      <label>${t("reply.why")} <input type="text" name="reason" maxlength="500" /></label>
      ${answers.includes("remind_me") && html`<label>${t("reply.remind_on", { answer: t("answer.remind_me") })} <input type="date" name="remind_on" /></label>`}
      <div class="actions">${answers.map((code) => html`<button key=${code} name="answer" value=${code}>${t(`answer.${code}`)}</button>`)}</div>
    </form>
  </main>`;
}
