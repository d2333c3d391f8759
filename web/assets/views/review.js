/** The review queue: what the reader was unsure of, with the page's own words, for a coordinator to decide. */
import { useEffect, useRef, useState } from "preact/hooks";
import { call } from "../api.js";
import { distance, kind, moment } from "../format.js";
import { html } from "../html.js";
import { asProblem, usePages } from "../loading.js";
import { Deciding } from "../parts/deciding.js";
import { Empty, Failed, Heading, Loading, More, Toast } from "../parts/states.js";
import { PURPOSE, REVIEW } from "../words.js";

/** @typedef {import("../api.js").Schemas} Schemas */
/** @typedef {{words: string, undo?: () => void}} Said */

const DECIDED = ["accepted", "mended", "refused"];
const DONE = { accept: "Kept as it was read.", mend: "Put right.", refuse: "Refused: mentors no longer see it." };

/** What came of a decision. @param {"accept" | "mend" | "refuse"} what @param {Schemas["ReviewItemView"]} item */
const done = (what, item) =>
  what === "refuse" && item.also_from.length ? `Refused, but mentors still see it, because ${item.also_from.join(" and ")} ${item.also_from.length > 1 ? "carry" : "carries"} it too.` : DONE[what];

/** @param {{address: URL, me: Schemas["Me"]}} props */
export function Review({ address, me }) {
  const now = new Date();
  const decided = address.searchParams.get("show") === "decided";
  const query = new URLSearchParams((decided ? DECIDED : ["waiting"]).map((state) => ["state", state]));
  const list = /** @type {ReturnType<typeof usePages<Schemas["ReviewPage"]>>} */ (usePages("/review", query));
  const [said, setSaid] = useState(/** @type {Said | null} */ (null));
  const rows = useRef(/** @type {HTMLOListElement | null} */ (null));
  const undo = useRef(/** @type {(() => void) | undefined} */ (undefined));
  undo.current = said?.undo;
  useShortcuts(me.shortcuts, rows, undo);

  /** @param {Schemas["ReviewItemView"]} item */
  const takeBack = (item) =>
    call("DELETE", `/review/${item.id}/decision`).then(
      () => (setSaid({ words: "Taken back: it waits again." }), list.again()),
      (error) => setSaid({ words: asProblem(error).message }),
    );
  /** @param {Schemas["ReviewItemView"]} item @param {"accept" | "mend" | "refuse"} what @param {Record<string, unknown>} body */
  const decide = async (item, what, body) => {
    let settled;
    try {
      settled = /** @type {Schemas["ReviewItemView"]} */ (await call("POST", `/review/${item.id}/${what}`, { body: { ...body, gist: item.gist } }));
    } catch (error) {
      const problem = asProblem(error);
      if (what === "accept") setSaid({ words: problem.message });
      return problem;
    }
    const place = [...(rows.current?.children ?? [])].findIndex((row) => row.id === `row-${item.id}`);
    list.change((page) => ({ ...page, items: page.items.filter(({ id }) => id !== item.id), waiting: page.waiting - 1 }));
    setSaid({ words: done(what, settled), undo: () => takeBack(item) });
    requestAnimationFrame(() => focusRow(rows.current, place));
    return null;
  };

  return html`
    <${Heading} title="Review"><p class="quiet">What the reader was unsure of. Until you decide, mentors see it marked as being checked.</p><//>
    <nav class="tabs" aria-label="Review"><a href="/review" aria-current=${decided ? undefined : "page"}>Waiting${list.value ? ` (${list.value.waiting})` : ""}</a><a href="/review?show=decided" aria-current=${decided ? "page" : undefined}>Decided</a></nav>
    ${list.problem && html`<${Failed} problem=${list.problem} again=${list.again} />`}
    ${!list.value && list.loading && html`<${Loading} what="the queue" />`}
    ${list.value && !list.value.items.length && !list.value.next && (decided ? html`<${Empty} title="Nothing was decided yet">What you accept, put right or refuse is kept here, and can be taken back.<//>` : html`<${Empty} title="Nothing waits">Everything that was read is plain, or somebody has decided about it.<//>`)}
    <ol class="rows" ref=${rows}>
      ${list.value?.items.map((item) => html`<${Item} key=${item.id} item=${item} now=${now} decide=${(/** @type {any} */ what, /** @type {any} */ body) => decide(item, what, body)} takeBack=${() => takeBack(item)} />`)}
    </ol>
    <${More} list=${list} />
    ${me.shortcuts && !decided && html`<p class="quiet small keys">Keys: <kbd>j</kbd> next, <kbd>k</kbd> before, <kbd>a</kbd> it is right, <kbd>m</kbd> put it right, <kbd>r</kbd> refuse, <kbd>z</kbd> undo.</p>`}
    ${said && html`<${Toast} words=${said.words} undo=${said.undo} close=${() => setSaid(null)} />`}
  `;
}

/** @param {{item: Schemas["ReviewItemView"], now: Date, decide: import("../parts/deciding.js").Decide, takeBack: () => void}} props */
function Item({ item, now, decide, takeBack }) {
  const [open, setOpen] = useState(/** @type {"mend" | "refuse" | ""} */ (""));
  const waiting = item.state === "waiting";
  return html`<li class="row" id=${`row-${item.id}`}><article aria-labelledby=${`title-${item.id}`}>
    <h2 id=${`title-${item.id}`} tabindex="-1">${item.opportunity_id ? html`<a href=${`/opportunities/${item.opportunity_id}`}>${item.title}</a>` : item.title}</h2>
    <p class="quiet">${[item.organisation || "Organisation not stated", kind(item.kind), item.source_title].join(" · ")}</p>
    ${waiting ? html`<${Doubts} doubts=${item.doubts} />` : html`<${Decision} item=${item} now=${now} />`}
    <${Read} item=${item} />
    ${waiting ? html`<${Deciding} item=${item} decide=${decide} open=${open} setOpen=${setOpen} />` : html`<div class="actions"><button type="button" onClick=${takeBack}>Take the decision back<span class="unseen"> ${item.title}</span></button></div>`}
  </article></li>`;
}

/** @param {{doubts: Schemas["DoubtView"][]}} props */
const Doubts = ({ doubts }) => html`<ul class="doubts">${doubts.map(
  (doubt) => html`<li key=${doubt.code}>${doubt.says}${doubt.quotes.map((quote) => html`<br key=${quote} /><q class="quiet">${quote}</q>`)}</li>`,
)}</ul>`;

/** @param {{item: Schemas["ReviewItemView"], now: Date}} props */
const Decision = ({ item, now }) => html`<p><span class="tag ${item.state === "refused" ? "failed" : "fits"}">${REVIEW[item.state]}</span>
  <span class="quiet">${item.decided_by ? `by ${item.decided_by.name}` : "on the command line"}${item.decided_at ? ` ${distance(item.decided_at, now)}` : ""}</span>${item.why && html`<br /><q>${item.why}</q>`}</p>`;

/** What the page was read to say; what a person put in its place stands after it. @param {{item: Schemas["ReviewItemView"]}} props */
function Read({ item }) {
  const live = item.deadlines.filter(({ superseded }) => !superseded);
  const lines = [
    ...(item.outcome === "closed" ? [{ name: "State", words: "Closed" }] : []),
    ...live.map((one) => ({ name: PURPOSE[one.purpose] ?? one.purpose, words: moment(one) })),
    ...(live.length ? [] : [{ name: "Deadline", words: item.timing === "rolling" ? "Rolling" : "None found" }]),
    ...[{ name: "Opens", value: item.opens }, { name: "Starts", value: item.starts }, { name: "Ends", value: item.ends }].flatMap(({ name, value }) => (value ? [{ name, words: moment(value) }] : [])),
  ];
  const mends = Object.entries(item.mends);
  return html`<dl class="read">
    ${lines.map(({ name, words }, index) => html`<div key=${index}><dt>${name}</dt><dd>${words}</dd></div>`)}
    ${mends.map(([name, value]) => html`<div key=${name}><dt>Put right: ${name}</dt><dd>${value}</dd></div>`)}
  </dl>`;
}

/** @param {HTMLElement | null} list @param {number} place */
function focusRow(list, place) {
  const rows = list?.children ?? [];
  const row = rows[Math.max(0, Math.min(place, rows.length - 1))];
  const target = /** @type {HTMLElement | null} */ (row?.querySelector("h2") ?? document.querySelector("h1"));
  target?.focus();
}

const KEYS = { a: 0, m: 1, r: 2 };

/**
 * One key for each action on the row that has the focus; off when the mentor switched shortcuts off.
 *
 * @param {boolean} on
 * @param {{current: HTMLElement | null}} rows
 * @param {{current: (() => void) | undefined}} undo
 */
function useShortcuts(on, rows, undo) {
  useEffect(() => {
    if (!on) return undefined;
    /** @param {KeyboardEvent} event */
    const pressed = (event) => {
      const target = /** @type {Element} */ (event.target);
      if (event.ctrlKey || event.metaKey || event.altKey || target.closest("input, select, textarea")) return;
      const all = [...(rows.current?.children ?? [])];
      const here = all.findIndex((row) => row.contains(document.activeElement));
      if (event.key === "j" || event.key === "k") focusRow(rows.current, here < 0 ? 0 : here + (event.key === "j" ? 1 : -1));
      else if (event.key === "z") undo.current?.();
      else if (event.key in KEYS && here >= 0) /** @type {HTMLElement | undefined} */ (all[here]?.querySelectorAll(".actions button")[KEYS[/** @type {keyof typeof KEYS} */ (event.key)]])?.click();
      else return;
      event.preventDefault();
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, [on]);
}
