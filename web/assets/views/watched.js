/** Watched pages: a coordinator's own addresses, how each was last read, and what to do about it. */
import { useState } from "preact/hooks";
import { call } from "../api.js";
import { distance } from "../format.js";
import { html } from "../html.js";
import { announce, asProblem, useAnswer } from "../loading.js";
import { Empty, Failed, Heading, Loading, Toast } from "../parts/states.js";
import { KIND } from "../words.js";

/** @typedef {import("../api.js").Schemas} Schemas */
/** @typedef {{words: string, undo?: () => void}} Said */

export function Watched() {
  const now = new Date();
  const list = useAnswer(/** @returns {Promise<Schemas["WatchedPages"]>} */ (signal) => call("GET", "/watched-pages", { signal }), "watched");
  const [said, setSaid] = useState(/** @type {Said | null} */ (null));

  /** @param {Schemas["WatchedPageView"]} page */
  const stop = async (page) => {
    const again = { url: page.url, kind: page.kind, organisation: page.organisation };
    try {
      await call("DELETE", `/watched-pages/${page.id}`);
      list.change((pages) => ({ items: pages.items.filter(({ id }) => id !== page.id) }));
      setSaid({ words: "No longer watched. What was found on it stays.", undo: () => call("POST", "/watched-pages", { body: again }).then(() => (setSaid({ words: "Watched again." }), list.again())) });
    } catch (error) {
      setSaid({ words: asProblem(error).message });
    }
  };

  return html`
    <${Heading} title="Watched pages"><p class="quiet">Pages that are read every night, wherever they are. Calls found on them join the list like any other.</p><//>
    <${Add} added=${list.again} />
    ${list.problem && html`<${Failed} problem=${list.problem} again=${list.again} />`}
    ${!list.value && list.loading && html`<${Loading} what="the watched pages" />`}
    ${list.value && !list.value.items.length && html`<${Empty} title="No page is watched yet">Add the address of a call's own page, or of a page that lists several.<//>`}
    ${list.value && list.value.items.length > 0 && html`<ul class="rows" aria-label="Watched pages">${list.value.items.map((page) => html`<${Page} key=${page.id} page=${page} now=${now} stop=${() => stop(page)} />`)}</ul>`}
    ${said && html`<${Toast} words=${said.words} undo=${said.undo} close=${() => setSaid(null)} />`}
  `;
}

/** @param {{page: Schemas["WatchedPageView"], now: Date, stop: () => void}} props */
function Page({ page, now, stop }) {
  const facts = [page.organisation, page.kind && KIND[page.kind], page.added_by && `added by ${page.added_by.name}`].filter(Boolean).join(" · ");
  const bad = page.verdict === "suspect" || page.verdict === "failed";
  return html`<li class="row"><article aria-labelledby=${page.id}>
    <h2 id=${page.id}><a href=${page.url} target="_blank" rel="noopener noreferrer nofollow">${page.url}<span class="unseen"> (opens in a new tab)</span></a></h2>
    ${facts && html`<p class="quiet">${facts}</p>`}
    <p><span class="tag ${bad ? "mind" : page.verdict ? "fits" : ""}">${went(page)}</span>
      <span class="quiet">${page.checked_at ? `Asked for ${distance(page.checked_at, now)}` : "It is read in the next crawl"}${page.found > 0 ? ` · ${page.found} found on it` : ""}</span></p>
    ${bad && html`<p class="notice mind"><strong>${because(page)}</strong> ${page.advice}</p>`}
    <button type="button" onClick=${stop}>Stop watching<span class="unseen"> ${page.url}</span></button>
  </article></li>`;
}

/** @param {Schemas["WatchedPageView"]} page */
const went = (page) => (page.verdict === null ? "Not read yet" : page.verdict === "healthy" ? "Read" : page.bad_nights > 1 ? `Not well for ${page.bad_nights} nights` : "Not well");

/** @type {Record<string, (detail: string) => string>} */
const WHY = {
  gone: () => "The page is gone.",
  redirected: (host) => `It leads to ${host}.`,
  robots: () => "The site's robots.txt does not allow it.",
  blocked: () => "The site refused.",
  wait: () => "The site asked to come back later.",
  private: () => "It leads into a private network.",
  status: (status) => `The site answered with error ${status}.`,
  unreachable: () => "The site could not be reached.",
  unreadable: () => "It could not be read as a page.",
  nothing: () => "Nothing to go for was found on it.",
};

/** @param {Schemas["WatchedPageView"]} page */
function because({ reason }) {
  const [code = "", ...rest] = reason.split(": ");
  return WHY[code]?.(rest.join(": ")) ?? reason;
}

/** @param {{added: () => void}} props */
function Add({ added }) {
  const [problem, setProblem] = useState(/** @type {import("../api.js").Problem | null} */ (null));
  const [busy, setBusy] = useState(false);
  /** @param {SubmitEvent} event */
  const add = async (event) => {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    const given = new FormData(form);
    setBusy(true);
    setProblem(null);
    try {
      await call("POST", "/watched-pages", { body: { url: given.get("url"), kind: given.get("kind") || null, organisation: given.get("organisation") } });
      form.reset();
      announce("Added. It is read in the next crawl.");
      added();
    } catch (error) {
      setProblem(asProblem(error));
    }
    setBusy(false);
    form.querySelector("input")?.focus();
  };
  const wrong = problem?.errors.find(({ pointer }) => pointer === "/url");
  return html`<form class="sheet" aria-labelledby="add-title" onSubmit=${add}>
    <h2 id="add-title">Watch a page</h2>
    <div class="fields">
      <label class="wide">Address
        <input type="url" name="url" required maxlength="2048" placeholder="https://" autocomplete="off" aria-invalid=${wrong ? "true" : undefined} aria-describedby=${problem ? "add-problem" : undefined} />
      </label>
      <label>Kind <select name="kind"><option value="">As the page says</option>${Object.entries(KIND).map(([value, name]) => html`<option key=${value} value=${value}>${name}</option>`)}</select></label>
      <label>Organisation <input type="text" name="organisation" maxlength="300" autocomplete="off" /></label>
    </div>
    ${problem && html`<p id="add-problem" class="notice bad" role="alert">${wrong ? wrong.detail : problem.message}</p>`}
    <button class="primary" disabled=${busy}>Watch it</button>
  </form>`;
}
