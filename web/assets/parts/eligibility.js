/** May they apply: the verdict, the words that decide it, and what is not known yet, with a way to say it here. */
import { useState } from "preact/hooks";
import { unreachable } from "../api.js";
import { html } from "../html.js";
import { t } from "../words.js";
import { Confirm, ConfirmAll, Confirmed } from "./confirming.js";
import { Quote } from "./marked.js";
import { sayProblem } from "./toast.js";

/** @typedef {import("../api.js").Schemas} Schemas */
/** @typedef {{mentee: Schemas["Person"], told: () => void}} Teller whose fact can be told in place, and what follows */
/** @typedef {{eligibility: Schemas["EligibilityView"], opportunityId: string} & Partial<Teller>} Judged */

const SIGN = { eligible: "✓", ineligible: "✕", unknown: "?" };

/** The verdict, what decides it, and the other requirements to open. @param {Judged} props */
export function Eligibility({ eligibility, opportunityId, mentee, told }) {
  const decisive = decisiveOf(eligibility);
  const others = said(eligibility.requirements).filter((one) => decisive === undefined || keyOf(one) !== keyOf(decisive));
  const left = said(eligibility.requirements.filter((one) => isAsked(one, eligibility)));
  return html`<div class="verdict ${eligibility.verdict}">
    <${Verdict} eligibility=${eligibility} opportunityId=${opportunityId} mentee=${mentee} told=${told} />
    ${others.length > 0 && html`<details><summary>${t("verdict.others", { count: others.length })}</summary>
      <ul>${others.map((one) => html`<li key=${keyOf(one)}>
        <span class="unseen">${t(`verdict.${one.verdict}`)}: </span><span class="sign" aria-hidden="true">${SIGN[one.verdict]}</span> <${Quote} text=${one.quote} />
        ${one.gap && html` <span class="quiet">${one.gap}</span>`}<${Word} requirement=${one} eligibility=${eligibility} opportunityId=${opportunityId} mentee=${mentee} told=${told} />
      </li>`)}</ul>
      ${left.length > 1 && mentee && told && html`<p><${ConfirmAll} mentee=${mentee} opportunityId=${opportunityId} quotes=${left.map(({ quote }) => quote)} told=${told} /></p>`}</details>`}
  </div>`;
}

/** In one line: may they, by which words; else what is missing to tell. @param {Judged} props */
export function Verdict({ eligibility, opportunityId, mentee, told }) {
  const { verdict, question, fact, requirements } = eligibility;
  const decisive = decisiveOf(eligibility);
  const asks = question && !fact && !(decisive && question.includes(decisive.quote));
  return html`<p><span class="says"><span aria-hidden="true">${SIGN[verdict]}</span> ${says(eligibility)}</span>
    ${decisive && html` <${Quote} text=${decisive.quote} />`}${decisive?.gap && html` <span class="quiet">${decisive.gap}</span>`}${asks && html` <span class="quiet">${question}</span>`}${!requirements.length && html` <span class="quiet">${t("verdict.no_requirement")}</span>`}</p>
    ${fact && mentee && told && html`<${Tell} key=${fact} mentee=${mentee} fact=${fact} told=${told} />`}
    ${decisive && html`<${Word} key=${keyOf(decisive)} requirement=${decisive} eligibility=${eligibility} opportunityId=${opportunityId} mentee=${mentee} told=${told} />`}`;
}

/** Whether a mentor's word is all that can settle it. @param {Schemas["RequirementVerdict"]} one @param {Schemas["EligibilityView"]} eligibility */
const isAsked = ({ verdict, fact, confirmed }, eligibility) => verdict === "unknown" && eligibility.verdict === "unknown" && !fact && !confirmed;

/** A mentor's word on what no fact tells: theirs to give, or given already. What a fact tells is told of the mentee. @param {{requirement: Schemas["RequirementVerdict"]} & Judged} props */
function Word({ requirement, eligibility, opportunityId, mentee, told }) {
  const { quote, confirmed } = requirement;
  if (confirmed) return html` <${Confirmed} confirmed=${confirmed} quote=${quote} mentee=${mentee} told=${told} />`;
  return isAsked(requirement, eligibility) && mentee && told ? html` <${Confirm} mentee=${mentee} opportunityId=${opportunityId} quote=${quote} told=${told} />` : null;
}

/** @param {Schemas["EligibilityView"]} eligibility */
function says({ verdict, fact, requirements }) {
  if (verdict !== "unknown") return t(`verdict.${verdict}`);
  return fact ? t(`missing.${fact}`) : t("verdict.to_check", { count: said(requirements.filter((one) => one.verdict === "unknown")).length });
}

/** One sentence may ask for several things: it is shown once for each verdict. @param {Schemas["RequirementVerdict"]} one */
const keyOf = ({ verdict, quote }) => `${verdict} ${quote}`;

/** @param {readonly Schemas["RequirementVerdict"][]} requirements */
const said = (requirements) => [...new Map(requirements.map((one) => [keyOf(one), one])).values()];

/** The requirement that the verdict rests on; of what is unknown, the one that is asked about; of what is met, what a mentor confirmed. @param {Schemas["EligibilityView"]} eligibility */
function decisiveOf({ verdict, question, requirements }) {
  const alike = requirements.filter((one) => one.verdict === verdict);
  return alike.find((one) => (question && one.question === question) || one.confirmed) ?? alike[0];
}

/** Says here what is not known of a mentee: the form is fetched when it is wanted. @param {Teller & {fact: NonNullable<Schemas["EligibilityView"]["fact"]>}} props */
export function Tell({ mentee, fact, told }) {
  const [open, setOpen] = useState(/** @type {{Telling: (props: any) => unknown} | null} */ (null));
  const show = () => import("./telling.js").then(setOpen, () => sayProblem(unreachable()));
  if (open) return html`<${open.Telling} mentee=${mentee} fact=${fact} told=${told} close=${() => setOpen(null)} />`;
  return html`<button type="button" class="small" onClick=${show}>${t("telling.begin")}…<span class="unseen"> ${t(`fact.${fact}`)}, ${mentee.name}</span></button>`;
}
