/** The mentee's own page, without an account: one call and the answers. It knows nothing about any person. */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { call } from "../api.js";
import { deadline, shortInstant } from "../format.js";
import { html } from "../html.js";
import { asProblem, useAnswer } from "../loading.js";
import { Outward } from "../parts/facts.js";
import { FormProblem } from "../parts/fields.js";
import { asWritten } from "../parts/marked.js";
import { Failed, Heading, Loading } from "../parts/states.js";
import { t } from "../words.js";

/** @typedef {import("../api.js").Schemas} Schemas */

/** @param {{address: URL}} props */
export function Reply({ address }) {
  const token = address.hash.slice(1);
  const asked = useAnswer(/** @returns {Promise<Schemas["ReplyPage"]>} */ (signal) => call("GET", `/replies/${token}`, { signal }), token);
  const [thinking, setThinking] = useState(false);
  const [moved, setMoved] = useState(false);
  const page = asked.value;
  if (asked.problem) return html`<main class="narrow" id="main"><${Gone} problem=${asked.problem} again=${asked.again} /></main>`;
  if (!page) return html`<main class="narrow" id="main"><${Loading} rows=${1} /></main>`;
  const { opportunity } = page;
  const when = deadline({ ...opportunity, timing: "unknown" }, new Date());
  return html`<main class="narrow" id="main">
    <${Heading} title=${opportunity.title}><p class="quiet">${[t(`kind.${opportunity.kind}`), opportunity.organisation].filter(Boolean).join(" · ")}</p><//>
    <p><strong>${when.absolute}</strong> <span class="quiet">${when.relative}</span></p>
    ${opportunity.summary && html`<p>${asWritten(opportunity.summary)}</p>`}
    <p><${Outward} href=${opportunity.url}>${t("reply.read")}<//></p>
    ${page.answered && !thinking
      ? html`<${Thanks} page=${page} moved=${moved} again=${() => (setMoved(true), setThinking(true))} />`
      : html`<${Answers} page=${page} token=${token} moved=${moved} done=${() => (setMoved(true), setThinking(false), asked.again())} />`}
    <p class="quiet small">${page.expires_at ? t("reply.until", { when: shortInstant(page.expires_at) }) : ""}</p>
  </main>`;
}

/** A link that is out of date, was taken back, or whose mentee was erased: the API tells no more, and that is right. @param {{problem: import("../api.js").Problem, again: () => void}} props */
function Gone({ problem, again }) {
  if (problem.status === 410) return html`<${Heading} title=${t("reply.over")}><p>${t("reply.over.why")}</p><//>`;
  if (problem.status === 404 || problem.status === 422) return html`<${Heading} title=${t("reply.unknown")}><p>${t("reply.unknown.why")}</p><//>`;
  return html`<${Heading} title=${t("reply.link")} /><${Failed} problem=${problem} again=${again} />`;
}

/** What was answered, or is to be: it takes the focus when it takes the other's place. @param {{id: string, words: string, moved: boolean}} props */
function Stand({ id, words, moved }) {
  const heading = useRef(/** @type {HTMLHeadingElement | null} */ (null));
  useLayoutEffect(() => {
    if (moved) heading.current?.focus();
  }, []);
  return html`<h2 id=${id} ref=${heading} tabindex="-1">${words}</h2>`;
}

/** @param {{page: Schemas["ReplyPage"], moved: boolean, again: () => void}} props */
const Thanks = ({ page, moved, again }) => html`<section class="reply" aria-labelledby="thanks">
  <${Stand} id="thanks" words=${t("reply.thanks")} moved=${moved} />
  <p>${page.answered && t("reply.answered", { answer: t(`answer.${page.answered}`) })} ${page.answered_at && html`<span class="quiet">${shortInstant(page.answered_at)}</span>`}</p>
  <button type="button" onClick=${again}>${t("reply.change")}</button>
</section>`;

/** @param {{page: Schemas["ReplyPage"], token: string, moved: boolean, done: () => void}} props */
function Answers({ page, token, moved, done }) {
  const [problem, setProblem] = useState(/** @type {import("../api.js").Problem | null} */ (null));
  const { answers } = page;
  /** @param {SubmitEvent} event */
  const answer = (event) => {
    event.preventDefault();
    const given = new FormData(/** @type {HTMLFormElement} */ (event.target), event.submitter);
    const remind = String(given.get("remind_on") ?? "");
    const body = { answer: given.get("answer"), reason: String(given.get("reason") ?? ""), ...(remind ? { remind_on: remind } : {}) };
    setProblem(null);
    call("POST", `/replies/${token}`, { body }).then(done, (error) => setProblem(asProblem(error)));
  };
  return html`<form class="reply" aria-labelledby="question" onSubmit=${answer}>
    <${Stand} id="question" words=${t("reply.question")} moved=${moved} />
    <${FormProblem} problem=${problem} />
    <label>${t("reply.why")} <input type="text" name="reason" maxlength="500" /></label>
    ${answers.includes("remind_me") && html`<label>${t("reply.remind_on", { answer: t("answer.remind_me") })} <input type="date" name="remind_on" /></label>`}
    <div class="actions">${answers.map((code) => html`<button key=${code} name="answer" value=${code} class=${code === "interested" ? "primary" : ""}>${t(`answer.${code}`)}</button>`)}</div>
  </form>`;
}
