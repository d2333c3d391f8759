/** Why to trust a journal's call or an event: reasons for, against and not known, each with its words. Never a score. */
import { html } from "../html.js";

/** @typedef {import("../api.js").Schemas} Schemas */

/** @type {Record<Schemas["TrustReasonView"]["side"], {sign: string, words: string}>} */
const SIDE = {
  for: { sign: "+", words: "Speaks for it" },
  against: { sign: "−", words: "Speaks against it" },
  unknown: { sign: "?", words: "Not known" },
};

/** @param {{reasons: Schemas["TrustReasonView"][]}} props */
export const Trust = ({ reasons }) =>
  reasons.length
    ? html`<section aria-labelledby="trust"><h2 id="trust">Can it be trusted?</h2>
        <ul class="trust">${reasons.map(
          ({ side, code, text, quote }) => html`<li key=${code} class=${side}>
            <span class="sign" aria-hidden="true">${SIDE[side].sign}</span><span class="unseen">${SIDE[side].words}: </span>
            ${text}${quote && html`<br /><q class="quiet">${quote}</q>`}</li>`,
        )}</ul>
        <p class="quiet">Reasons, not a verdict: look before you send.</p>
      </section>`
    : null;
