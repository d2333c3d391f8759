/** Who can sign in: accounts and what each may do, invitations that are open, and new ones. */
import { go } from "../address.js";
import { call } from "../api.js";
import { html } from "../html.js";
import { useAnswer, usePages } from "../loading.js";
import { Account } from "../parts/account.js";
import { Administration } from "../parts/administration_head.js";
import { Bounces } from "../parts/bounces.js";
import { Field } from "../parts/fields.js";
import { Invitations } from "../parts/invitations.js";
import { Answered, Empty, More } from "../parts/states.js";
import { t } from "../words.js";

/** @typedef {import("../api.js").Schemas} Schemas */

export const PROGRAMMES = new URLSearchParams({ limit: "100" });

/** @param {URL} address */
const pathOf = (address) => {
  const programme = address.searchParams.get("programme_id");
  return programme ? `/programmes/${encodeURIComponent(programme)}/mentors` : "/mentors";
};

/** @param {string} _id @param {URL} address */
export const peopleNeeds = (_id, address) => [{ path: pathOf(address) }, { path: "/invitations" }, { path: "/programmes", query: PROGRAMMES }];

/** @param {{me: Schemas["Me"], address: URL}} props */
export const People = ({ me, address }) => html`<${Administration} me=${me} tab="people"><${Accounts} me=${me} address=${address} /><//>`;

/** @param {{me: Schemas["Me"], address: URL}} props */
function Accounts({ me, address }) {
  const programmes = useAnswer(/** @returns {Promise<Schemas["ProgrammePage"]>} */ (signal) => call("GET", "/programmes", { query: PROGRAMMES, signal }), "programmes");
  const people = /** @type {ReturnType<typeof usePages<Schemas["AccountPage"]>>} */ (usePages(pathOf(address)));
  return html`
    <${Invitations} me=${me} programmes=${programmes.value?.items ?? []} />
    <${Bounces} changed=${people.again} />
    <section aria-labelledby="people-title"><h2 id="people-title">${t("people.accounts")}</h2>
      <${InProgramme} programmes=${programmes.value?.items ?? []} address=${address} />
      <${Answered} asked=${people}>${(/** @type {Schemas["AccountPage"]} */ page) =>
        page.items.length
          ? html`<ul class="rows" aria-busy=${people.loading}>${page.items.map((one) => html`<${Account} key=${one.id} me=${me} one=${one} changed=${people.again} />`)}</ul>`
          : html`<${Empty} title=${t("people.none")}>${t("people.none.why")}<//>`}<//>
      <${More} list=${people} />
    </section>`;
}

/** @param {{programmes: readonly Schemas["AdministeredProgramme"][], address: URL}} props */
function InProgramme({ programmes, address }) {
  if (programmes.length < 2) return null;
  const chosen = address.searchParams.get("programme_id") ?? "";
  const choices = [{ value: "", words: t("mentees.every_programme") }, ...programmes.map(({ id, name }) => ({ value: id, words: name }))];
  const show = (/** @type {any} */ event) => go(`/administration${event.target.value ? `?programme_id=${event.target.value}` : ""}`, { replace: true });
  return html`<div class="narrowing"><${Field} label=${t("mentees.programme")} name="programme_id" choices=${choices} defaultValue=${chosen} onChange=${show} /></div>`;
}
