/** My mentees: who they are, what they want, and who has had nothing lately. */
import { distance } from "../format.js";
import { html } from "../html.js";
import { usePages } from "../loading.js";
import { Answered, Empty, Heading, More } from "../parts/states.js";
import { t } from "../words.js";

/** @typedef {import("../api.js").Schemas} Schemas */

const QUIET_FOR = 30 * 86_400_000;
const QUERY = new URLSearchParams({ limit: "100" });

export const menteesNeeds = () => [{ path: "/mentees", query: QUERY }];

export function Mentees() {
  const now = new Date();
  const mentees = /** @type {ReturnType<typeof usePages<Schemas["MenteePage"]>>} */ (usePages("/mentees", QUERY));
  return html`
    <${Heading} title=${t("nav.mentees")} />
    <${Answered} asked=${mentees}>${(/** @type {Schemas["MenteePage"]} */ page) =>
      page.items.length
        ? html`<ul class="cards">${page.items.map((mentee) => html`<${Card} key=${mentee.id} mentee=${mentee} now=${now} />`)}</ul>`
        : html`<${Empty} title=${t("mentees.none")}>${t("mentees.none.why")}<//>`}<//>
    <${More} list=${mentees} />
  `;
}

/** @param {{mentee: Schemas["MenteeView"], now: Date}} props */
function Card({ mentee, now }) {
  const last = mentee.last_forwarded_at;
  const forgotten = !last || now.getTime() - new Date(last).getTime() > QUIET_FOR;
  return html`<li class="card">
    <h2><a href=${`/mentees/${mentee.id}`}>${mentee.name}</a></h2>
    <p class="quiet">${[mentee.stage ? t(`stage.${mentee.stage}`) : t("stage.unknown"), mentee.specialty].filter(Boolean).join(" · ")}</p>
    <ul class="goals">${mentee.goals.map((goal) => html`<li key=${goal.id}>${goal.text}</li>`)}</ul>
    <p class="small foot-of-card ${forgotten ? "mind" : "quiet"}">${last ? t("mentees.last_forwarded", { when: distance(last, now) }) : t("mentees.nothing_forwarded")}</p>
  </li>`;
}
