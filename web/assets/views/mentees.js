/** My mentees: who they are, what they want, and who has had nothing lately. */
import { distance } from "../format.js";
import { html } from "../html.js";
import { usePages } from "../loading.js";
import { Empty, Failed, Heading, Loading, More } from "../parts/states.js";
import { STAGE } from "../words.js";

/** @typedef {import("../api.js").Schemas} Schemas */

const QUIET_FOR = 30 * 86_400_000;

export function Mentees() {
  const now = new Date();
  const mentees = /** @type {ReturnType<typeof usePages<Schemas["MenteePage"]>>} */ (usePages("/mentees", new URLSearchParams({ limit: "100" })));
  return html`
    <${Heading} title="Mentees" />
    ${mentees.problem && html`<${Failed} problem=${mentees.problem} again=${mentees.again} />`}
    ${!mentees.value && mentees.loading && html`<${Loading} what="your mentees" />`}
    ${mentees.value &&
    (mentees.value.items.length
      ? html`<ul class="cards">${mentees.value.items.map((mentee) => html`<${Card} key=${mentee.id} mentee=${mentee} now=${now} />`)}</ul>`
      : html`<${Empty} title="No mentees yet">Add the first one through the API (POST /v1/mentees), or ask your coordinator.<//>`)}
    <${More} list=${mentees} />
  `;
}

/** @param {{mentee: Schemas["MenteeView"], now: Date}} props */
function Card({ mentee, now }) {
  const last = mentee.last_forwarded_at;
  const forgotten = !last || now.getTime() - new Date(last).getTime() > QUIET_FOR;
  return html`<li class="card">
    <h2><a href=${`/mentees/${mentee.id}`}>${mentee.name}</a></h2>
    <p class="quiet">${[mentee.stage ? STAGE[mentee.stage] : "Stage not known", mentee.specialty].filter(Boolean).join(" · ")}</p>
    <ul class="goals">${mentee.goals.map((goal) => html`<li key=${goal.id}>${goal.text}</li>`)}</ul>
    <p class="small ${forgotten ? "mind" : "quiet"}">${last ? `Last forwarded ${distance(last, now)}` : "Nothing forwarded yet"}</p>
  </li>`;
}
