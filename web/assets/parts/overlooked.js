/** Who may be overlooked: mentees to whom nothing was sent for long, and goals that no open call serves. */
import { dayOf } from "../format.js";
import { html } from "../html.js";
import { listed, t } from "../words.js";

/** @typedef {import("../api.js").Schemas} Schemas */

/** @param {{page: Schemas["FairnessPage"], me: string}} props  `me` is the mentor's id: whose mentees they are is said of others' only */
export function Overlooked({ page, me }) {
  const items = page.items.filter(({ quiet, unserved_goals }) => quiet || unserved_goals.length);
  if (!items.length) return null;
  return html`<section aria-labelledby="overlooked"><h2 id="overlooked">${t("fair.title")}</h2>
    <ul class="plain-list sheet">${items.map((one) => html`<li key=${one.mentee.id}>
      <h3><a href=${`/mentees/${one.mentee.id}`}>${one.mentee.name}</a>${one.mentors.length > 0 && !one.mentors.some(({ id }) => id === me) && html` <span class="quiet small">${t("fair.mentored", { names: listed(one.mentors.map(({ name }) => name)) })}</span>`}</h3>
      ${one.quiet && html`<p class="mind">${quietFor(one)}</p>`}
      ${one.unserved_goals.length > 0 && html`<p class="small">${t("fair.unserved", { count: one.unserved_goals.length })}</p><ul class="small">${one.unserved_goals.map((goal) => html`<li key=${goal.id}>${goal.text}</li>`)}</ul>`}
    </li>`)}</ul>
  </section>`;
}

/** @param {Schemas["FairnessItem"]} one */
const quietFor = ({ days, last_sent_at }) => (last_sent_at ? t("fair.quiet", { count: days, day: dayOf(last_sent_at) }) : t("fair.never", { count: days }));
