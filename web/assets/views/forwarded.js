/** What was forwarded: where each message is, what came of it, and what is still to be done. */
import { useState } from "preact/hooks";
import { call } from "../api.js";
import { html } from "../html.js";
import { usePages } from "../loading.js";
import { AnswerDialog } from "../parts/answer.js";
import { menteeNeeds } from "../parts/choosing_mentees.js";
import { ForwardFilters, forwardQuery } from "../parts/forward_filters.js";
import { ForwardRow } from "../parts/forward_row.js";
import { NotesDialog } from "../parts/notes.js";
import { RemindDialog } from "../parts/remind.js";
import { Answered, Empty, Heading, More } from "../parts/states.js";
import { say, sayProblem } from "../parts/toast.js";
import { placeLeft, useReturn } from "../place.js";
import { t } from "../words.js";

/** @typedef {import("../api.js").Schemas} Schemas */
/** @typedef {{what: import("../parts/forward_row.js").What, forward: Schemas["ForwardView"]}} Open */

const STEPS = /** @type {const} */ ({ undo: "forward.undone", retry: "forwarded.retried", copied: "forwarded.recorded" });

/** @param {string} _ @param {URL} address */
export const forwardedNeeds = (_, address) => [{ path: "/forwards", query: listQuery(address) }, ...menteeNeeds(address.searchParams.get("mentee_id"))];

/** As many rows as there were when the mentor left, so that back leads to the same place. @param {URL} address */
function listQuery(address) {
  const query = forwardQuery(address.searchParams);
  query.set("limit", (placeLeft()?.rows ?? 0) > 50 ? "100" : "50");
  return query;
}

/** @param {{address: URL}} props */
export function Forwarded({ address }) {
  const list = /** @type {ReturnType<typeof usePages<Schemas["ForwardPage"]>>} */ (usePages("/forwards", listQuery(address)));
  const [open, setOpen] = useState(/** @type {Open | null} */ (null));
  useReturn(list.value !== null);
  /** @param {Schemas["ForwardView"]} forward */
  const changed = (forward) => list.change((page) => ({ ...page, items: page.items.map((one) => (one.id === forward.id ? forward : one)) }));
  /** @param {Schemas["ForwardView"]} forward @param {keyof typeof STEPS} what */
  const step = (forward, what) => call("POST", `/forwards/${forward.id}/${what}`).then((found) => (changed(found), say(t(STEPS[what]))), (error) => (sayProblem(error), list.again()));
  return html`
    <div class="heading-row"><${Heading} title=${t("nav.forwarded")} /><p class="no-print"><a class="button" href="/v1/forwards.csv?bom=true" download="forwards.csv">${t("forwarded.export")}</a></p></div>
    <${ForwardFilters} address=${address} />
    <${Answered} asked=${list}>${(/** @type {Schemas["ForwardPage"]} */ page) =>
      page.items.length
        ? html`<ol class="rows" aria-busy=${list.loading}>${page.items.map((forward) => html`<${ForwardRow} key=${forward.id} forward=${forward} step=${step} changed=${changed} open=${(/** @type {Open["what"]} */ what, /** @type {Schemas["ForwardView"]} */ one) => setOpen({ what, forward: one })} />`)}</ol>`
        : forwardQuery(address.searchParams).size
          ? html`<${Empty} kind="none" title=${t("forwarded.none_found")}>${t("list.filtered.why")}<//>`
          : html`<${Empty} title=${t("forwarded.none")}>${t("forwarded.none.why")} <a href="/mentees">${t("state.no_access.home")}</a><//>`}<//>
    <${More} list=${list} />
    ${open && html`<${Dialogs} open=${open} changed=${changed} close=${() => setOpen(null)} />`}
  `;
}

/** @param {{open: Open, changed: (forward: Schemas["ForwardView"]) => void, close: () => void}} props */
function Dialogs({ open: { what, forward }, changed, close }) {
  const { mentee, opportunity } = forward;
  if (!mentee) return null;
  if (what === "notes") return html`<${NotesDialog} mentee=${mentee} opportunity=${opportunity} close=${close} />`;
  if (what === "remind") return html`<${RemindDialog} mentee=${mentee} opportunity=${opportunity} done=${close} close=${close} />`;
  /** @param {Schemas["ForwardView"]} found @param {string} words */
  const answered = (found, words) => (close(), changed(found), say(words));
  return html`<${AnswerDialog} forwardId=${forward.id} name=${mentee.name} title=${opportunity.title} done=${answered} close=${close} />`;
}
