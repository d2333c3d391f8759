/** Searching all calls, whoever they may be for: by their words in order of deadline, or by what is meant, the nearest first. */
import { go } from "../address.js";
import { html } from "../html.js";
import { announce, usePages } from "../loading.js";
import { Filters, filterQuery } from "../parts/filters.js";
import { FoundRow } from "../parts/found.js";
import { StaleList, staleNeed } from "../parts/staleness.js";
import { Answered, Degraded, Empty, Heading, More } from "../parts/states.js";
import { useEffect } from "preact/hooks";
import { t } from "../words.js";

/** @typedef {import("../api.js").Schemas} Schemas */

/** What is asked of the API for an address. @param {URL} address */
function asked(address) {
  const words = (address.searchParams.get("q") ?? "").trim();
  const meant = Boolean(words) && address.searchParams.get("by") !== "words";
  const query = filterQuery(address.searchParams);
  if (words) query.set("q", words);
  query.set("limit", "50");
  return { words, meant, path: meant ? "/search" : "/opportunities", query };
}

/** @param {string} _id @param {URL} address */
export const searchNeeds = (_id, address) => [asked(address), staleNeed];

/** @param {{address: URL}} props */
export function Search({ address }) {
  const { meant, path, query } = asked(address);
  const list = /** @type {ReturnType<typeof usePages<any>>} */ (usePages(path, query));
  const count = list.value?.items.length;
  useEffect(() => {
    if (count !== undefined && !list.loading) announce(t("search.count", { count }));
  }, [list.value]);
  return html`
    <${Heading} title=${t("nav.search")} />
    <${Asking} address=${address} />
    <section class="part" aria-label=${t("search.calls")} aria-busy=${list.loading}>
      <${Filters} address=${address} />
      <${StaleList} kinds=${address.searchParams.getAll("kind")} />
      <${Answered} asked=${list}>${(/** @type {Schemas["FoundPage"]} */ page) => html`
        <p class="quiet small">${meant ? t("search.nearest") : t("search.by_deadline")}</p>
        ${meant && html`<${Degraded} reasons=${page.degraded ?? []} />`}
        ${!page.items.length && html`<${Empty} kind="none" title=${t("search.none")}>${t("search.none.why")}<//>`}`}<//>
      <ol class="rows">${list.value?.items.map(rowOf)}</ol>
      <${More} list=${list} />
    </section>
  `;
}

/** What was found by meaning comes with the sentence that is near. @param {any} item */
const rowOf = (item) =>
  item.opportunity
    ? html`<${FoundRow} key=${item.opportunity.id} row=${item.opportunity} sentence=${item.sentence} words=${item.words} now=${new Date()} />`
    : html`<${FoundRow} key=${item.id} row=${item} now=${new Date()} />`;

/** What is looked for, and whether by what is meant or by its words. @param {{address: URL}} props */
function Asking({ address }) {
  const { words } = asked(address);
  /** @param {Event} event */
  const search = (event) => {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (/** @type {Element} */ (event.target).closest("form"));
    const given = new FormData(form);
    const next = filterQuery(address.searchParams);
    const wanted = String(given.get("q") ?? "").trim();
    if (wanted) next.set("q", wanted);
    if (given.get("by") === "words") next.set("by", "words");
    go(`/opportunities${next.size ? `?${next}` : ""}`);
  };
  return html`<form role="search" aria-label=${t("search.label")} onSubmit=${search}>
    <div class="search">
      <label class="unseen" for="q">${t("search.label")}</label>
      <input id="q" key=${words} type="search" name="q" defaultValue=${words} maxlength="200" placeholder=${t("search.example")} />
      <button class="primary">${t("nav.search")}</button>
    </div>
    <fieldset class="chips"><legend class="unseen">${t("search.by")}</legend>
      <label class="chip"><input type="radio" name="by" value="meaning" checked=${address.searchParams.get("by") !== "words"} onChange=${search} /> ${t("search.by.meaning")}</label>
      <label class="chip"><input type="radio" name="by" value="words" checked=${address.searchParams.get("by") === "words"} onChange=${search} /> ${t("search.by.words")}</label>
    </fieldset>
  </form>`;
}
