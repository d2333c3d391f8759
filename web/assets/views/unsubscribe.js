/** No more mail, without an account: what the link is about, and one button. It knows nothing about any person. */
import { useState } from "preact/hooks";
import { call } from "../api.js";
import { html } from "../html.js";
import { asProblem, useAnswer } from "../loading.js";
import { Failed, Heading, Loading } from "../parts/states.js";
import { t } from "../words.js";

/** @typedef {import("../api.js").Schemas} Schemas */

/** @param {{address: URL}} props */
export function Unsubscribe({ address }) {
  const token = address.hash.slice(1);
  const asked = useAnswer(/** @returns {Promise<Schemas["SubscriptionView"]>} */ (signal) => call("GET", `/unsubscribe/${token}`, { signal }), token);
  const [problem, setProblem] = useState(/** @type {import("../api.js").Problem | null} */ (null));
  const found = asked.value;
  if (asked.problem) return html`<main class="narrow" id="main"><${Lost} problem=${asked.problem} again=${asked.again} /></main>`;
  if (!found) return html`<main class="narrow" id="main"><${Loading} rows=${1} /></main>`;
  const change = () => {
    setProblem(null);
    call(found.subscribed ? "POST" : "DELETE", `/unsubscribe/${token}`).then(asked.again, (error) => setProblem(asProblem(error)));
  };
  return html`<main class="narrow" id="main">
    <${Heading} title=${t("unsubscribe.title")} />
    <p><strong>${t(`unsubscribe.${found.about}`)}</strong></p>
    <p role="status">${t(found.subscribed ? "unsubscribe.comes" : "unsubscribe.stopped")}</p>
    ${problem && html`<${Failed} problem=${problem} />`}
    <p><button type="button" onClick=${change}>${t(found.subscribed ? "unsubscribe.stop" : "unsubscribe.again")}</button></p>
  </main>`;
}

/** A link that was not copied whole or is out of date, or a service that does not answer. @param {{problem: import("../api.js").Problem, again: () => void}} props */
function Lost({ problem, again }) {
  if (problem.status === 404 || problem.status === 422) return html`<${Heading} title=${t("reply.unknown")}><p>${t("unsubscribe.unknown.why")}</p><//>`;
  return html`<${Heading} title=${t("unsubscribe.title")} /><${Failed} problem=${problem} again=${again} />`;
}
