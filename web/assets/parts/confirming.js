/** A condition that only one call asks for: a mentor says that it is met, or takes that back. The verdict then says that a mentor did. */
import { useRef } from "preact/hooks";
import { call } from "../api.js";
import { dayOf } from "../format.js";
import { html } from "../html.js";
import { t } from "../words.js";
import { say, sayProblem } from "./toast.js";

/** @typedef {import("../api.js").Schemas} Schemas */
/** @typedef {{mentee: Schemas["Person"], opportunityId: string, quote: string, told: () => void}} Asked whom is asked what, and what follows the answer */

/** @param {Asked} props */
export const Confirm = ({ mentee, opportunityId, quote, told }) =>
  html`<${Once} words=${t("confirm.begin")} about=${`${quote} ${mentee.name}`} act=${async () => {
    const { id } = /** @type {Schemas["ConfirmationView"]} */ (await call("POST", `/mentees/${mentee.id}/confirmations`, { body: { opportunity_id: opportunityId, quote } }).catch(anew(told)));
    told();
    say(t("confirm.kept", { name: mentee.name }), () => takeBack(mentee.id, id, told));
  }} />`;

/** All that is left of one call, once the mentor has read it: one press, and one step back. @param {Omit<Asked, "quote"> & {quotes: readonly string[]}} props */
export const ConfirmAll = ({ mentee, opportunityId, quotes, told }) =>
  html`<${Once} words=${t("confirm.all", { count: quotes.length })} about=${mentee.name} act=${async () => {
    /** @type {string[]} */
    const made = [];
    const undo = () => takeAllBack(mentee.id, made, told);
    try {
      for (const quote of quotes) made.push((await call("POST", `/mentees/${mentee.id}/confirmations`, { body: { opportunity_id: opportunityId, quote } })).id);
    } catch (error) {
      return sayProblem(error, made.length ? undo : undefined);
    } finally {
      told();
    }
    say(t("confirm.kept_all", { name: mentee.name }), undo);
  }} />`;

/** Whose word it was and when, with a way to take it back. @param {{confirmed: Schemas["ConfirmedView"], quote: string, mentee?: Schemas["Person"] | undefined, told?: (() => void) | undefined}} props */
export const Confirmed = ({ confirmed, quote, mentee, told }) =>
  html`<span class="quiet">${t("verdict.confirmed", { day: dayOf(confirmed.at, false) })}</span>
    ${mentee && told && html` <${Once} words=${t("confirm.take_back")} about=${`${quote} ${mentee.name}`} act=${() => takeBack(mentee.id, confirmed.id, told)} />`}`;

/** @param {string} menteeId @param {string} id @param {() => void} told */
async function takeBack(menteeId, id, told) {
  await call("DELETE", `/mentees/${menteeId}/confirmations/${id}`).catch(anew(told));
  told();
  say(t("decision.undone"));
}

/** @param {string} menteeId @param {string[]} ids @param {() => void} told */
async function takeAllBack(menteeId, ids, told) {
  const gone = await Promise.allSettled(ids.map((id) => call("DELETE", `/mentees/${menteeId}/confirmations/${id}`)));
  told();
  for (const one of gone) if (one.status === "rejected") throw one.reason;
  say(t("decision.undone"));
}

/**
 * A co-mentor took it back (404), or the page asks otherwise by now (422): what is shown is asked for anew, and it is told.
 *
 * @param {() => void} told @returns {(error: any) => never}
 */
const anew = (told) => (error) => {
  if ([404, 422].includes(error.status)) told();
  throw error;
};

/** A button that does one thing at a time and keeps the focus meanwhile. @param {{words: string, about: string, act: () => Promise<void>}} props */
function Once({ words, about, act }) {
  const busy = useRef(false);
  const press = async () => {
    if (busy.current) return;
    busy.current = true;
    await act().catch(sayProblem);
    busy.current = false;
  };
  return html`<button type="button" class="small" onClick=${press}>${words}<span class="unseen"> ${about}</span></button>`;
}
