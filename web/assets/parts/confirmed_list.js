/** What mentors confirmed of a mentee for single calls, each with a way to take it back. Not drawn where there is nothing. */
import { useRef } from "preact/hooks";
import { call } from "../api.js";
import { distance } from "../format.js";
import { html } from "../html.js";
import { usePages } from "../loading.js";
import { t } from "../words.js";
import { Quote } from "./marked.js";
import { Failed, More } from "./states.js";
import { say, sayProblem } from "./toast.js";

/** @typedef {import("../api.js").Schemas} Schemas */

/** @param {{mentee: Schemas["Person"], told: () => void}} props */
export function ConfirmedList({ mentee, told }) {
  const path = `/mentees/${mentee.id}/confirmations`;
  const list = /** @type {ReturnType<typeof usePages<Schemas["ConfirmationPage"]>>} */ (usePages(path));
  const section = useRef(/** @type {HTMLElement | null} */ (null));
  /** The button that was pressed goes: on to the heading, or with the last one to what the list is folded under. */
  const stay = () => /** @type {HTMLElement | null | undefined} */ (list.value?.items[1] ? section.current?.querySelector("h2") : section.current?.closest("details")?.querySelector("summary"))?.focus();
  const changed = () => (list.again(), told());
  /** What counts no more cannot be said again. @param {Schemas["ConfirmedCondition"]} one */
  const undo = ({ counts, opportunity_id, quote }) => (counts ? () => call("POST", path, { body: { opportunity_id, quote } }).then(changed) : undefined);
  /** @param {Schemas["ConfirmedCondition"]} one */
  const takeBack = (one) => call("DELETE", `${path}/${one.id}`).then(() => (stay(), changed(), say(t("confirm.taken_back"), undo(one))), (error) => (sayProblem(error), list.again()));
  if (list.problem) return html`<${Failed} problem=${list.problem} again=${list.again} />`;
  if (!list.value?.items.length) return null;
  return html`<section class="sheet" ref=${section} aria-labelledby="confirmed"><h2 id="confirmed" tabindex="-1">${t("confirm.list")}</h2>
    <ul class="plain-list">${list.value.items.map((one) => html`<${Row} key=${one.id} one=${one} takeBack=${() => takeBack(one)} />`)}</ul>
    <${More} list=${list} />
  </section>`;
}

/** @param {{one: Schemas["ConfirmedCondition"], takeBack: () => void}} props */
const Row = ({ one, takeBack }) => html`<li>
  <p><${Quote} text=${one.quote} /> <a href=${`/opportunities/${one.opportunity_id}`}>${one.opportunity.title}</a></p>
  <p class="quiet small">${t("notes.by", { name: one.confirmed_by?.name ?? t("notes.somebody"), when: distance(one.created_at, new Date()) })}${!one.counts && html` <span class="mind">${t("confirm.counts_no_more")}</span>`}</p>
  <div class="actions"><button type="button" class="plain" onClick=${takeBack}>${t("confirm.take_back")}<span class="unseen"> ${one.quote}</span></button></div>
</li>`;
