/** Searching all calls, whoever they may be for. */
import { go } from "../address.js";
import { html } from "../html.js";
import { usePages } from "../loading.js";
import { Deadline, Facts } from "../parts/facts.js";
import { Filters, filterQuery } from "../parts/filters.js";
import { Answered, Empty, Heading, More } from "../parts/states.js";
import { t } from "../words.js";

/** @typedef {import("../api.js").Schemas} Schemas */

/** @param {{address: URL}} props */
export function Search({ address }) {
  const now = new Date();
  const words = address.searchParams.get("q") ?? "";
  const query = filterQuery(address.searchParams);
  if (words) query.set("q", words);
  const list = /** @type {ReturnType<typeof usePages<Schemas["OpportunityPage"]>>} */ (usePages("/opportunities", query));
  /** @param {SubmitEvent} event */
  const search = (event) => {
    event.preventDefault();
    const wanted = String(new FormData(/** @type {HTMLFormElement} */ (event.target)).get("q") ?? "").trim();
    const filters = filterQuery(address.searchParams);
    if (wanted) filters.set("q", wanted);
    go(`/opportunities${filters.size ? `?${filters}` : ""}`);
  };
  return html`
    <${Heading} title=${t("nav.search")} />
    <form class="search" role="search" onSubmit=${search}>
      <label class="unseen" for="q">${t("search.label")}</label>
      <input id="q" type="search" name="q" defaultValue=${words} maxlength="200" placeholder=${t("search.example")} />
      <button class="primary">${t("nav.search")}</button>
    </form>
    <div class="with-filters">
      <${Filters} address=${address} />
      <section aria-label=${t("search.calls")} aria-busy=${list.loading}>
        <${Answered} asked=${list}>${(/** @type {Schemas["OpportunityPage"]} */ page) => !page.items.length && html`<${Empty} title=${t("search.none")} kind="none">${t("search.none.why")}<//>`}<//>
        <ol class="rows">
          ${list.value?.items.map(
            (row) => html`<li class="row" key=${row.id}><article aria-labelledby=${`title-${row.id}`}>
              <h2 id=${`title-${row.id}`}><a href=${`/opportunities/${row.id}`}>${row.title}</a></h2>
              <p class="quiet">${row.organisation || t("organisation.unknown")}</p>
              <${Deadline} row=${row} now=${now} />
              ${row.summary && html`<p class="clamped">${row.summary}</p>`}
              <${Facts} row=${row} now=${now} />
            </article></li>`,
          )}
        </ol>
        <${More} list=${list} />
      </section>
    </div>
  `;
}
