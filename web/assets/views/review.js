/** The review queue: what the reader was unsure of, with the page's own words, for a coordinator to decide. */
import { useState } from "preact/hooks";
import { call } from "../api.js";
import { distance, moment, moments } from "../format.js";
import { html } from "../html.js";
import { asProblem, usePages } from "../loading.js";
import { Deciding } from "../parts/deciding.js";
import { Quote } from "../parts/marked.js";
import { focusRowSoon, focused } from "../parts/shortcuts.js";
import { Answered, Empty, Heading, More } from "../parts/states.js";
import { say, sayProblem } from "../parts/toast.js";
import { listed, named, t } from "../words.js";

/** @typedef {import("../api.js").Schemas} Schemas */
const DECIDED = ["accepted", "mended", "refused"];

/** What came of a decision. @param {"accept" | "mend" | "refuse"} what @param {Schemas["ReviewItemView"]} item */
function done(what, item) {
  const others = item.also_from;
  return what === "refuse" && others.length ? t("review.done.still_seen", { count: others.length, sources: listed(others) }) : t(`review.done.${what}`);
}

/** @param {URL} address */
const showsDecided = (address) => address.searchParams.get("show") === "decided";

/** @param {URL} address */
const listQuery = (address) => new URLSearchParams((showsDecided(address) ? DECIDED : ["waiting"]).map((state) => ["state", state]));

/** @param {string} _id @param {URL} address */
export const reviewNeeds = (_id, address) => [{ path: "/review", query: listQuery(address) }];

/** @param {{address: URL}} props */
export function Review({ address }) {
  const now = new Date();
  const decided = showsDecided(address);
  const { list, decide, takeBack } = useQueue(address);
  return html`
    <${Heading} title=${t("nav.review")}><p class="quiet">${t("review.about")}</p><//>
    <nav class="tabs" aria-label=${t("nav.review")}><a class="counted" href="/review" aria-current=${decided ? undefined : "page"}>${list.value ? t("review.waiting_count", { count: list.value.waiting }) : t("review.waiting")}</a><a href="/review?show=decided" aria-current=${decided ? "page" : undefined}>${t("review.decided")}</a></nav>
    <${Answered} asked=${list}>${(/** @type {Schemas["ReviewPage"]} */ page) => !page.items.length && !page.next && (decided ? html`<${Empty} title=${t("review.none_decided")}>${t("review.none_decided.why")}<//>` : html`<${Empty} kind="done" title=${t("review.none_waiting")}>${t("review.none_waiting.why")}<//>`)}<//>
    <ol class="rows">
      ${list.value?.items.map((item) => html`<${Item} key=${item.id} item=${item} now=${now} decide=${(/** @type {any} */ what, /** @type {any} */ body) => decide(item, what, body)} takeBack=${() => takeBack(item)} />`)}
    </ol>
    <${More} list=${list} />
  `;
}

/** What waits or was decided, and deciding. @param {URL} address */
function useQueue(address) {
  const list = /** @type {ReturnType<typeof usePages<Schemas["ReviewPage"]>>} */ (usePages("/review", listQuery(address)));
  /** @param {Schemas["ReviewItemView"]} item */
  const takeBack = (item) => call("DELETE", `/review/${item.id}/decision`).then(() => (say(t("review.taken_back")), list.again()), sayProblem);
  /** @param {Schemas["ReviewItemView"]} item @param {"accept" | "mend" | "refuse"} what @param {Record<string, unknown>} body */
  const decide = async (item, what, body) => {
    let settled;
    try {
      settled = /** @type {Schemas["ReviewItemView"]} */ (await call("POST", `/review/${item.id}/${what}`, { body: { ...body, gist: item.gist } }));
    } catch (error) {
      const problem = asProblem(error);
      if (what === "accept") say(problem.message);
      return problem;
    }
    const place = focused();
    list.change((page) => ({ ...page, items: page.items.filter(({ id }) => id !== item.id), waiting: page.waiting - 1 }));
    say(done(what, settled), () => takeBack(item));
    focusRowSoon(place);
    return null;
  };
  return { list, decide, takeBack };
}

/** @param {{item: Schemas["ReviewItemView"], now: Date, decide: import("../parts/deciding.js").Decide, takeBack: () => void}} props */
function Item({ item, now, decide, takeBack }) {
  const [open, setOpen] = useState(/** @type {"mend" | "refuse" | ""} */ (""));
  const waiting = item.state === "waiting";
  return html`<li class="row" id=${`row-${item.id}`}><article aria-labelledby=${`title-${item.id}`}>
    <h2 id=${`title-${item.id}`} tabindex="-1">${item.opportunity_id ? html`<a href=${`/opportunities/${item.opportunity_id}`}>${item.title}</a>` : item.title}</h2>
    <p class="quiet">${[item.organisation || t("organisation.unknown"), t(`kind.${item.kind}`), item.source_title].join(" · ")}</p>
    ${waiting ? html`<${Doubts} doubts=${item.doubts} />` : html`<${Decision} item=${item} now=${now} />`}
    <${Read} item=${item} />
    ${waiting ? html`<${Deciding} item=${item} decide=${decide} open=${open} setOpen=${setOpen} />` : html`<div class="actions"><button type="button" onClick=${takeBack}>${t("review.take_back")}<span class="unseen"> ${item.title}</span></button></div>`}
  </article></li>`;
}

/** @param {{doubts: Schemas["DoubtView"][]}} props */
const Doubts = ({ doubts }) => html`<ul class="doubts">${doubts.map(
  (doubt) => html`<li key=${doubt.code}>${doubt.says}${doubt.quotes.map((quote) => html`<br key=${quote} /><${Quote} quiet text=${quote} />`)}</li>`,
)}</ul>`;

/** @param {{item: Schemas["ReviewItemView"], now: Date}} props */
const Decision = ({ item, now }) => html`<p><span class="tag ${item.state === "refused" ? "failed" : "fits"}">${t(`review.state.${item.state}`)}</span>
  <span class="quiet">${decidedBy(item, now)}</span>${item.why && html`<br /><q>${item.why}</q>`}</p>`;

/** What the page was read to say; what a person put in its place stands after it. @param {{item: Schemas["ReviewItemView"]}} props */
function Read({ item }) {
  const live = item.deadlines.filter(({ superseded }) => !superseded);
  const lines = [
    ...(item.outcome === "closed" ? [{ name: t("field.outcome"), words: t("outcome.closed") }] : []),
    ...live.map((one) => ({ name: t(`purpose.${one.purpose}`), words: moment(one) })),
    ...(live.length ? [] : [{ name: t("field.deadline"), words: item.timing === "rolling" ? t("status.rolling") : t("review.none_found") }]),
    ...moments(item).map(({ name, value }) => ({ name, words: moment(value) })),
  ];
  const mends = Object.entries(item.mends);
  return html`<dl class="read">
    ${lines.map(({ name, words }, index) => html`<div key=${index}><dt>${name}</dt><dd>${words}</dd></div>`)}
    ${mends.map(([name, value]) => html`<div key=${name}><dt>${t("review.put_right", { field: named("field", name) })}</dt><dd>${value}</dd></div>`)}
  </dl>`;
}

/** @param {Schemas["ReviewItemView"]} item @param {Date} now */
function decidedBy(item, now) {
  const when = item.decided_at ? distance(item.decided_at, now) : "";
  return item.decided_by ? t("review.by", { name: item.decided_by.name, when }) : t("review.by_command", { when });
}
