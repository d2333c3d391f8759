/** Today: who of my mentees needs somebody, and what for. An inbox that can be emptied. */
import { useState } from "preact/hooks";
import { day } from "../format.js";
import { html } from "../html.js";
import { useAnswer, usePages } from "../loading.js";
import { call } from "../api.js";
import { AnswerDialog } from "../parts/answer.js";
import { ForwardDialog } from "../parts/forward.js";
import { Overlooked } from "../parts/overlooked.js";
import { PassOnDialog } from "../parts/passing_on.js";
import { focusRowSoon, focused } from "../parts/shortcuts.js";
import { Answered, Empty, Heading, More, Stale } from "../parts/states.js";
import { say, sayProblem } from "../parts/toast.js";
import { linesOf, listWithout } from "../parts/today_lines.js";
import { TodayRow } from "../parts/today_row.js";
import { useReturn } from "../place.js";
import { listed, t } from "../words.js";

/** @typedef {import("../api.js").Schemas} Schemas */
/** @typedef {import("../parts/today_lines.js").Line} Line */
/** @typedef {{what: "forward" | "pass_on" | "answer", line: Line}} Open */

const EVERYBODY = new URLSearchParams({ limit: "100" });

export const todayNeeds = () => [{ path: "/today" }, { path: "/fairness", query: EVERYBODY }];

/** @param {{me: Schemas["Me"]}} props */
export function Today({ me }) {
  const { list, settled, act } = useInbox();
  const fair = useAnswer(/** @returns {Promise<Schemas["FairnessPage"]>} */ (signal) => call("GET", "/fairness", { query: EVERYBODY, signal }), "");
  const [open, setOpen] = useState(/** @type {Open | null} */ (null));
  /** @param {string} words @param {() => Promise<unknown>} [undo] */
  const close = (words, undo) => {
    if (open) settled(open.line, words, undo);
    setOpen((now) => (now === open ? null : now)); // another may have been opened meanwhile
  };
  return html`
    <${Answered} asked=${list}>${(/** @type {Schemas["TodayPage"]} */ page) => html`
      <${Heading} title=${t("nav.today")}><p class="quiet">${summary(page)}</p><//>
      <${Stale} sources=${page.stale_sources.map(({ title }) => title)} />
      ${!page.items.length && html`<${Nobody} everybody=${fair.value?.total} quiet=${page.quiet_total} />`}
      ${page.items.map((one) => html`<${Group} key=${one.mentee.id} one=${one} on=${page.on} act=${act} open=${setOpen} told=${list.again} />`)}`}<//>
    ${!list.value && html`<${Heading} title=${t("nav.today")} />`}
    <${More} list=${list} />
    ${list.value && html`<${Answered} asked=${fair} rows=${1}>${(/** @type {Schemas["FairnessPage"]} */ page) => html`<${Overlooked} page=${page} me=${me.id} />`}<//>`}
    ${open && html`<${Dialogs} open=${open} on=${list.value?.on ?? ""} done=${close} close=${() => setOpen(null)} />`}
  `;
}

/** The lines, and dealing with one: it goes, the next has the focus, and there is a way back. */
function useInbox() {
  const list = /** @type {ReturnType<typeof usePages<Schemas["TodayPage"]>>} */ (usePages("/today"));
  useReturn(list.value !== null);

  /** @param {Line} line @param {string} words @param {(() => Promise<unknown>) | undefined} undo */
  const settled = (line, words, undo) => {
    const place = focused();
    let unlisted = false;
    list.change((page) => {
      const rest = listWithout(page, line);
      unlisted = rest.items.some((one) => !linesOf(one).length);
      return rest;
    });
    if (unlisted) list.again(); // there are more than were listed
    if (place >= 0) focusRowSoon(place);
    say(words, undo && (() => undo().then(() => (say(t("decision.undone")), list.again()))));
  };
  /** @param {Line} line @param {() => Promise<import("../parts/today_deeds.js").Done>} deed */
  const act = (line, deed) => deed().then(({ words, undo }) => settled(line, words, undo), sayProblem);
  return { list, settled, act };
}

/** The date, and how much there is of what. @param {Schemas["TodayPage"]} page */
function summary({ on, total, counts }) {
  const kinds = /** @type {const} */ (["changed", "due", "unanswered", "new"]).filter((kind) => counts[kind]).map((kind) => t(`today.count.${kind}`, { count: counts[kind] }));
  return total ? t("today.summary", { day: day(on), mentees: t("today.mentees", { count: total }), what: listed(kinds) }) : day(on);
}

/** Nobody to help yet, or everybody helped. @param {{everybody: number | undefined, quiet: number}} props */
function Nobody({ everybody, quiet }) {
  if (everybody === undefined) return null;
  if (!everybody) return html`<${Empty} title=${t("mentees.none")}>${t("today.first.why")} <a class="button primary" href="/mentees/new">${t("today.first.add")}</a><//>`;
  return html`<${Empty} kind="done" title=${t("today.done")}>${t(quiet ? "today.done.quiet" : "today.done.why")}<//>`;
}

/** @param {{one: Schemas["MenteeToday"], on: string, act: (line: Line, deed: () => Promise<any>) => void, open: (open: Open) => void, told: () => void}} props */
function Group({ one, on, act, open, told }) {
  const { mentee, counts } = one;
  const lines = linesOf(one);
  const hidden = counts.new + counts.changed + counts.due + counts.unanswered - lines.length;
  return html`<section class="group" aria-labelledby=${`group-${mentee.id}`}>
    <h2 id=${`group-${mentee.id}`}><a href=${`/mentees/${mentee.id}`}>${mentee.name}</a></h2>
    <ol class="rows">${lines.map((line) => html`<${TodayRow} key=${line.key} line=${line} on=${on} act=${act} open=${open} told=${told} />`)}</ol>
    ${hidden > 0 && html`<p class="small foot-of-group"><a href=${`/mentees/${mentee.id}`}>${t("today.more", { count: hidden })}<span class="unseen"> ${mentee.name}</span></a></p>`}
  </section>`;
}

/** @param {{open: Open, on: string, done: (words: string, undo?: () => Promise<unknown>) => void, close: () => void}} props */
function Dialogs({ open: { what, line }, on, done, close }) {
  const { mentee, opportunity } = line;
  if (what === "pass_on") return html`<${PassOnDialog} line=${line} done=${done} close=${close} />`;
  if (what === "answer") return html`<${AnswerDialog} forwardId=${line.forwardId} name=${mentee.name} title=${opportunity.title} on=${on} done=${(/** @type {Schemas["ForwardView"]} */ _, /** @type {string} */ words) => done(words)} close=${close} />`;
  /** @param {Schemas["ForwardView"]} forward @param {string} words */
  const forwarded = (forward, words) => done(words, forward.state === "held" || forward.state === "copied" ? () => call("POST", `/forwards/${forward.id}/undo`) : undefined);
  return html`<${ForwardDialog} mentee=${mentee} opportunity=${opportunity} goalId=${line.fresh?.match?.goal_id} done=${forwarded} close=${close} />`;
}
