/** Filters of a list. They live in the address, so that back works and a filtered list can be shared. */
import { useState } from "preact/hooks";
import { go } from "../address.js";
import { html } from "../html.js";
import { country } from "../format.js";
import { KINDS, STAGES } from "../vocabulary.js";
import { t } from "../words.js";

const NAMES = ["kind", "country", "stage", "deadline_after", "deadline_before", "funded", "remote"];
const KEPT = ["q", "by", "locale"];
const COUNTRIES = "AE AR AT AU BD BE BR CA CH CL CN CO DE DK EG ES ET FI FR GB GH GR HK ID IE IL IN IT JP KE KR LB LK MW MX MY MZ NG NL NO NP NZ PE PH PK PL PT QA RW SA SE SG TH TR TZ UG US VN ZA ZM ZW".split(" ");

/**
 * The filters of an address as a query of the API; whatever else is in the address stays out.
 *
 * @param {URLSearchParams} params
 */
export const filterQuery = (params) => new URLSearchParams(NAMES.flatMap((name) => params.getAll(name).filter(Boolean).map((value) => [name, value])));

/**
 * The address with other filters and the rest of it as it is.
 *
 * @param {URL} address @param {URLSearchParams} query
 */
function withFilters(address, query) {
  for (const name of KEPT) if (address.searchParams.has(name)) query.set(name, address.searchParams.get(name) ?? "");
  return `${address.pathname}${query.size ? `?${query}` : ""}`;
}

/** @param {{address: URL}} props */
export function Filters({ address }) {
  const params = address.searchParams;
  /** @param {Event} event */
  const onChange = (event) => {
    const form = /** @type {HTMLInputElement} */ (event.target).form;
    if (form) go(withFilters(address, filterQuery(new URLSearchParams(/** @type {any} */ (new FormData(form))))), { replace: true });
  };
  const all = filterQuery(params);
  const kinds = params.getAll("kind").length;
  return html`<div class="filters">
    <form aria-label=${t("filters.title")} onChange=${onChange} onSubmit=${(/** @type {Event} */ event) => event.preventDefault()}>
      <fieldset class="chips">
        <legend class="unseen">${t("field.kind")}</legend>
        ${KINDS.map(
          (value) => html`<label class="chip" key=${value}><input type="checkbox" name="kind" value=${value} checked=${params.getAll("kind").includes(value)} /> ${t(`kind.${value}`)}</label>`,
        )}
        <label class="chip"><input type="checkbox" name="funded" value="true" checked=${params.get("funded") === "true"} /> ${t("filters.funded")}</label>
        ${all.size > 0 && html`<button type="button" class="plain" onClick=${() => go(withFilters(address, new URLSearchParams()), { replace: true })}>${t("filters.clear")}</button>`}
      </fieldset>
      <${Others} params=${params} active=${all.size - kinds - Number(params.get("funded") === "true")} />
    </form>
  </div>`;
}

/** What is asked less often: drawn once it is wanted. @param {{params: URLSearchParams, active: number}} props */
function Others({ params, active }) {
  const [wanted, setWanted] = useState(active > 0);
  return html`<details open=${active > 0} onToggle=${(/** @type {any} */ event) => event.currentTarget.open && setWanted(true)}>
    <summary>${active ? t("filters.active", { count: active }) : t("filters.others")}</summary>
    ${(wanted || active > 0) && html`<${Further} params=${params} />`}
  </details>`;
}

/** @param {{params: URLSearchParams}} props */
const Further = ({ params }) => html`<div class="fields">
    <label>${t("filters.where")}
      <select name="country" value=${params.get("country") ?? ""}>
        <option value="">${t("filters.anywhere")}</option>
        ${COUNTRIES.map((code) => ({ code, name: country(code) }))
          .sort((a, b) => a.name.localeCompare(b.name))
          .map(({ code, name }) => html`<option key=${code} value=${code} selected=${params.get("country") === code}>${name}</option>`)}
      </select>
    </label>
    <label>${t("filters.for")}
      <select name="stage" value=${params.get("stage") ?? ""}>
        <option value="">${t("filters.any_stage")}</option>
        ${STAGES.map((value) => html`<option key=${value} value=${value} selected=${params.get("stage") === value}>${t(`stage.${value}`)}</option>`)}
      </select>
    </label>
    <label>${t("filters.after")} <input type="date" name="deadline_after" value=${params.get("deadline_after") ?? ""} /></label>
    <label>${t("filters.before")} <input type="date" name="deadline_before" value=${params.get("deadline_before") ?? ""} /></label>
  </div>
  <label class="check"><input type="checkbox" name="remote" value="true" checked=${params.get("remote") === "true"} /> ${t("place.online")}</label>`;
