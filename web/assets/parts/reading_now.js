/** Crawl now: wishing that a source is read before the next night, what waits, and what became of it. */
import { useEffect } from "preact/hooks";
import { call } from "../api.js";
import { distance } from "../format.js";
import { html } from "../html.js";
import { useAnswer } from "../loading.js";
import { listed, t } from "../words.js";
import { Failed } from "./states.js";
import { say, sayProblem } from "./toast.js";

/** @typedef {import("../api.js").Schemas} Schemas */
/** @typedef {{may: boolean, items: readonly Schemas["CrawlRequestView"][], problem: import("../api.js").Problem | null, again: () => void, ask: (sources: readonly string[]) => void, takeBack: (one: Schemas["CrawlRequestView"]) => void}} WishList */

const LOOK_AGAIN = 8000;
const SHOWN = 3;

/** @param {Schemas["CrawlRequestView"]} one */
const isUnderWay = ({ state }) => state === "waiting" || state === "running";

/**
 * The wishes, looked at again while one is under way; `read` is called when one has been read.
 *
 * @param {boolean} may
 * @param {() => void} read
 * @returns {WishList}
 */
export function useWishes(may, read) {
  const asked = useAnswer(/** @returns {Promise<Schemas["CrawlRequests"]>} */ async (signal) => (may ? call("GET", "/crawl-requests", { signal }) : { items: [], next: null }), String(may));
  const items = asked.value?.items ?? [];
  const underWay = items.filter(isUnderWay).length;
  useEffect(() => {
    if (!underWay) return undefined;
    const timer = setInterval(() => document.hidden || asked.again(), LOOK_AGAIN);
    return () => (clearInterval(timer), read());
  }, [underWay]);
  /** @param {Schemas["CrawlRequestView"]} one */
  const takeBack = (one) => call("DELETE", `/crawl-requests/${one.id}`).then(() => (asked.again(), say(t("reading.taken_back"))), (error) => (sayProblem(error), asked.again()));
  /** @param {readonly string[]} sources */
  const ask = (sources) => call("POST", "/crawl-requests", { body: { sources } }).then((one) => (asked.again(), say(t("reading.asked"), () => takeBack(one))), sayProblem);
  return { may, items, problem: asked.problem, again: asked.again, ask, takeBack };
}

/** @param {{wishes: WishList, source: Schemas["SourceView"]}} props */
export function ReadNow({ wishes, source }) {
  const wish = wishes.items.find((one) => isUnderWay(one) && (!one.sources.length || one.sources.includes(source.name)));
  if (wish) return html`<span class="quiet small">${t(`reading.is.${wish.state}`)}</span>`;
  return html`<button type="button" class="small" onClick=${() => wishes.ask([source.name])}>${t("sources.read_now")}<span class="unseen"> ${source.title}</span></button>`;
}

/** Everything at once, and the wishes there are. @param {{wishes: WishList, sources: readonly Schemas["SourceView"][], now: Date}} props */
export function Wishes({ wishes, sources, now }) {
  if (!wishes.may) return null;
  const shown = [...wishes.items.filter(isUnderWay), ...wishes.items.filter((one) => !isUnderWay(one))].slice(0, SHOWN);
  const everything = wishes.items.some((one) => isUnderWay(one) && !one.sources.length);
  return html`<section class="sheet reading" aria-labelledby="reading-title"><h2 id="reading-title">${t("reading.title")}</h2>
    <p class="quiet small">${t("reading.about")}</p>
    ${wishes.problem && html`<${Failed} problem=${wishes.problem} again=${wishes.again} />`}
    ${shown.length > 0 && html`<ul class="plain-list">${shown.map((one) => html`<${WishLine} key=${one.id} one=${one} sources=${sources} now=${now} takeBack=${() => wishes.takeBack(one)} />`)}</ul>`}
    <div class="actions"><button type="button" disabled=${everything} onClick=${() => wishes.ask([])}>${t("reading.everything")}</button></div>
  </section>`;
}

/** @param {{one: Schemas["CrawlRequestView"], sources: readonly Schemas["SourceView"][], now: Date, takeBack: () => void}} props */
function WishLine({ one, sources, now, takeBack }) {
  const what = one.sources.length ? listed(one.sources.map((name) => sources.find((source) => source.name === name)?.title ?? name)) : t("reading.all_sources");
  const by = one.requested_by?.name;
  const when = distance(one.requested_at, now);
  return html`<li class="wish"><span><strong>${what}</strong> <span class="tag ${one.state === "failed" ? "failed" : one.state === "finished" ? "fits" : "mind"}">${t(`reading.is.${one.state}`)}</span>
      <span class="quiet small">${by ? t("reading.by", { name: by, when }) : when}</span></span>
    ${one.state === "waiting" && html`<button type="button" class="plain small" onClick=${takeBack}>${t("reading.take_back")}<span class="unseen"> ${what}</span></button>`}</li>`;
}
