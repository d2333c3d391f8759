/** The mentee's own page, without an account: one call and the answers. It knows nothing about any person. */
import { useState } from "preact/hooks";
import { call } from "../api.js";
import { deadline, kind } from "../format.js";
import { html } from "../html.js";
import { asProblem, useAnswer } from "../loading.js";
import { Failed, Heading, Loading } from "../parts/states.js";
import { ANSWER } from "../words.js";

/** @typedef {import("../api.js").Schemas} Schemas */

/** @param {{token: string}} props */
export function Reply({ token }) {
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
  if (asked.problem) return html`<main class="narrow"><${Heading} title="This link" /><${Failed} problem=${asked.problem} /></main>`;
  if (!asked.value) return html`<main class="narrow"><${Loading} what="the call" /></main>`;
  const { opportunity, answers, answered } = asked.value;
  const when = deadline({ ...opportunity, timing: "unknown" }, new Date());
  return html`<main class="narrow" id="main">
    <${Heading} title=${opportunity.title}><p class="quiet">${kind(opportunity.kind)} · ${opportunity.organisation}</p><//>
    <p><strong>${when.absolute}</strong> <span class="quiet">${when.relative}</span></p>
    ${opportunity.summary && html`<p>${opportunity.summary}</p>`}
    <p><a class="out" href=${opportunity.url} target="_blank" rel="noopener noreferrer nofollow">Read all about it<span class="unseen"> (opens in a new tab)</span></a></p>
    <form class="reply" onSubmit=${answer}>
      <h2>What shall we tell your mentor?</h2>
      ${answered && html`<p class="notice good" role="status">You answered: ${ANSWER[answered]}. You can answer again.</p>`}
      ${problem && html`<${Failed} problem=${problem} />`}
      <label>Why, in your own words (optional) <input type="text" name="reason" maxlength="500" /></label>
      ${answers.includes("remind_me") && html`<label>Remind me on (only with “${ANSWER.remind_me}”) <input type="date" name="remind_on" /></label>`}
      <div class="actions">${answers.map((code) => html`<button key=${code} name="answer" value=${code}>${ANSWER[code]}</button>`)}</div>
    </form>
  </main>`;
}
