/** Watched pages: a coordinator's own addresses, how each was last read, and what to do about it. */
import { call } from "../api.js";
import { distance } from "../format.js";
import { html } from "../html.js";
import { announce, useAnswer } from "../loading.js";
import { Outward } from "../parts/facts.js";
import { Answered, Empty, Heading } from "../parts/states.js";
import { say, sayProblem } from "../parts/toast.js";
import { given, useSending } from "../sending.js";
import { KINDS } from "../vocabulary.js";
import { hasWords, t } from "../words.js";

/** @typedef {import("../api.js").Schemas} Schemas */

export const watchedNeeds = () => [{ path: "/watched-pages" }];

export function Watched() {
  const now = new Date();
  const list = useAnswer(/** @returns {Promise<Schemas["WatchedPages"]>} */ (signal) => call("GET", "/watched-pages", { signal }), "watched");

  /** @param {Schemas["WatchedPageView"]} page */
  const stop = async (page) => {
    const again = { url: page.url, kind: page.kind, organisation: page.organisation };
    try {
      await call("DELETE", `/watched-pages/${page.id}`);
      list.change((pages) => ({ ...pages, items: pages.items.filter(({ id }) => id !== page.id) }));
      say(t("watched.stopped"), () => call("POST", "/watched-pages", { body: again }).then(() => (say(t("watched.again")), list.again())));
    } catch (error) {
      sayProblem(error);
    }
  };

  return html`
    <${Heading} title=${t("watched.title")}><p class="quiet">${t("watched.about")}</p><//>
    <${Add} added=${list.again} />
    <${Answered} asked=${list}>${(/** @type {Schemas["WatchedPages"]} */ pages) =>
      pages.items.length
        ? html`<ul class="rows" aria-label=${t("watched.title")}>${pages.items.map((page) => html`<${Page} key=${page.id} page=${page} now=${now} stop=${() => stop(page)} />`)}</ul>`
        : html`<${Empty} title=${t("watched.none")}>${t("watched.none.why")}<//>`}<//>
  `;
}

/** @param {{page: Schemas["WatchedPageView"], now: Date, stop: () => void}} props */
function Page({ page, now, stop }) {
  const facts = [page.organisation, page.kind && t(`kind.${page.kind}`), page.added_by && t("watched.added_by", { name: page.added_by.name })].filter(Boolean).join(" · ");
  const bad = page.verdict === "suspect" || page.verdict === "failed";
  return html`<li class="row"><article aria-labelledby=${page.id}>
    <h2 id=${page.id}><${Outward} plain href=${page.url}>${page.url}<//></h2>
    ${facts && html`<p class="quiet">${facts}</p>`}
    <p><span class="tag ${bad ? "mind" : page.verdict ? "fits" : ""}">${went(page)}</span>
      <span class="quiet">${page.checked_at ? t("watched.asked", { when: distance(page.checked_at, now) }) : t("watched.next_crawl")}${page.found > 0 ? ` · ${t("watched.found", { count: page.found })}` : ""}</span></p>
    ${bad && html`<p class="notice mind"><strong>${because(page)}</strong> ${page.advice}</p>`}
    <button type="button" onClick=${stop}>${t("watched.stop")}<span class="unseen"> ${page.url}</span></button>
  </article></li>`;
}

/** @param {Schemas["WatchedPageView"]} page */
function went(page) {
  if (page.verdict === null) return t("watched.not_read");
  if (page.verdict === "healthy") return t("watched.read");
  return t("watched.not_well", { count: Math.max(1, page.bad_nights) });
}

/** @param {Schemas["WatchedPageView"]} page */
function because({ reason }) {
  const [code = "", ...rest] = reason.split(": ");
  const key = `watched.why.${code}`;
  return hasWords(key) ? t(/** @type {import("../words.js").Key} */ (key), { detail: rest.join(": ") }) : reason;
}

/** @param {{added: () => void}} props */
function Add({ added }) {
  const { form, busy, problem, send } = useSending();
  /** @param {Event} event */
  const add = async (event) => {
    const data = given(event);
    const body = { url: data.get("url"), kind: data.get("kind") || null, organisation: data.get("organisation") };
    if (await send(() => call("POST", "/watched-pages", { body }))) {
      form.current?.reset();
      announce(t("watched.added"));
      added();
    }
    form.current?.querySelector("input")?.focus();
  };
  const wrong = problem?.errors.find(({ pointer }) => pointer === "/url");
  return html`<form class="sheet" ref=${form} aria-labelledby="add-title" onSubmit=${add}>
    <h2 id="add-title">${t("watched.add")}</h2>
    <div class="fields">
      <label class="wide">${t("watched.address")}
        <input type="url" name="url" required maxlength="2048" placeholder="https://" autocomplete="off" aria-invalid=${wrong ? "true" : undefined} aria-describedby=${problem ? "add-problem" : undefined} />
      </label>
      <label>${t("field.kind")} <select name="kind"><option value="">${t("watched.as_page")}</option>${KINDS.map((value) => html`<option key=${value} value=${value}>${t(`kind.${value}`)}</option>`)}</select></label>
      <label>${t("field.organisation")} <input type="text" name="organisation" maxlength="300" autocomplete="off" /></label>
    </div>
    ${problem && html`<p id="add-problem" class="notice bad" role="alert">${wrong ? wrong.detail : problem.message}</p>`}
    <button class="primary" disabled=${busy}>${t("watched.watch")}</button>
  </form>`;
}
