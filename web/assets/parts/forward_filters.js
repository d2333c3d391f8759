/** Filters of what was forwarded. They live in the address, under the names that the API has for them. */
import { go } from "../address.js";
import { html } from "../html.js";
import { ANSWERS, DELIVERIES } from "../vocabulary.js";
import { t } from "../words.js";
import { MenteeChooser } from "./choosing_mentees.js";
import { Field } from "./fields.js";

const NAMES = ["mentee_id", "state", "answer", "unanswered_for_days", "changed_since_sent"];
const DAYS = [3, 7, 14, 30];

/** The filters of an address as a query of the API. @param {URLSearchParams} params */
export const forwardQuery = (params) => new URLSearchParams(NAMES.flatMap((name) => params.getAll(name).filter(Boolean).map((value) => [name, value])));

/** @param {{address: URL}} props */
export function ForwardFilters({ address }) {
  const now = forwardQuery(address.searchParams);
  /** @param {URLSearchParams} query */
  const show = (query) => go(`${address.pathname}${query.size ? `?${query}` : ""}`, { replace: true });
  /** @param {Event} event */
  const onChange = (event) => {
    const form = /** @type {HTMLInputElement} */ (event.target).form;
    if (form) show(forwardQuery(new URLSearchParams(/** @type {any} */ (new FormData(form)))));
  };
  /** @param {string} name @param {{value: string, words: string}[]} choices @param {string} label @param {string} all */
  const choice = (name, choices, label, all) => html`<${Field} label=${label} name=${name} value=${now.get(name) ?? ""} choices=${[{ value: "", words: all }, ...choices]} />`;
  return html`<div class="filters"><form aria-label=${t("filters.title")} onChange=${onChange} onSubmit=${(/** @type {Event} */ event) => event.preventDefault()}>
    <div class="fields few">
      <${MenteeChooser} label=${t("forwarded.filter.mentee")} none=${t("forwarded.filter.anybody")} chosen=${now.get("mentee_id")} />
      ${choice("state", DELIVERIES.map((value) => ({ value, words: t(`delivery.${value}`) })), t("forwarded.filter.state"), t("forwarded.filter.any"))}
      ${choice("answer", [{ value: "none", words: t("forwarded.no_answer") }, ...ANSWERS.map((value) => ({ value, words: t(`answer.${value}`) }))], t("forwarded.filter.answer"), t("forwarded.filter.any"))}
      ${choice("unanswered_for_days", DAYS.map((count) => ({ value: String(count), words: t("forwarded.filter.days", { count }) })), t("forwarded.filter.unanswered"), t("forwarded.filter.any"))}
    </div>
    <div class="chips">
      <label class="chip"><input type="checkbox" name="changed_since_sent" value="true" checked=${now.has("changed_since_sent")} /> ${t("forwarded.filter.changed")}</label>
      ${now.size > 0 && html`<button type="button" class="plain" onClick=${() => show(new URLSearchParams())}>${t("filters.clear")}</button>`}
    </div>
  </form></div>`;
}
