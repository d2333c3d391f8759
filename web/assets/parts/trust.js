/** Why to trust a journal's call or an event: reasons for, against and not known, each with its words. Never a score. */
import { html } from "../html.js";
import { t } from "../words.js";
import { Quote } from "./marked.js";

/** @typedef {import("../api.js").Schemas} Schemas */

const SIGN = { for: "+", against: "−", unknown: "?" };

/** @param {{reasons: Schemas["TrustReasonView"][]}} props */
export const Trust = ({ reasons }) =>
  reasons.length
    ? html`<section aria-labelledby="trust"><h2 id="trust">${t("trust.title")}</h2>
        <ul class="trust">${reasons.map(
          ({ side, code, text, quote }) => html`<li key=${code} class=${side}>
            <span class="sign" aria-hidden="true">${SIGN[side]}</span><span class="unseen">${t(`trust.${side}`)}: </span>
            ${text}${quote && html`<br /><${Quote} quiet text=${quote} />`}</li>`,
        )}</ul>
        <p class="quiet">${t("trust.mind")}</p>
      </section>`
    : null;
