/** What surrounds every view: skip link, name, navigation, who is signed in, and what just happened. */
import { html } from "../html.js";
import { useOnline } from "../online.js";
import { t } from "../words.js";
import { Help, useHelp } from "./help.js";
import { useShortcuts } from "./shortcuts.js";
import { Toast } from "./toast.js";

/** @typedef {import("../words.js").Key} Key */
/** @typedef {{id: string, name: Key, address: string}} Section */

/** @type {Section[]} */
const SECTIONS = [
  { id: "today", name: "nav.today", address: "/" },
  { id: "mentees", name: "nav.mentees", address: "/mentees" },
  { id: "search", name: "nav.search", address: "/opportunities" },
  { id: "forwarded", name: "nav.forwarded", address: "/forwarded" },
  { id: "sources", name: "nav.sources", address: "/sources" },
];

/** What coordinators see besides. @type {Section[]} */
const COORDINATING = [
  { id: "review", name: "nav.review", address: "/review" },
  { id: "watched", name: "nav.watched", address: "/watched" },
];

/** @param {{me: import("../api.js").Schemas["Me"], section?: string, signOut: () => void, speak: (locale: string) => void, children?: unknown}} props */
export function Shell({ me, section, signOut, speak, children }) {
  const online = useOnline();
  const [help, setHelp] = useHelp();
  useShortcuts(me, () => setHelp(true));
  return html`
    <${Top}>
      <nav aria-label=${t("nav.label")}>
        <ul>
          ${[...SECTIONS, ...(me.role === "mentor" ? [] : COORDINATING)].map(
            ({ id, name, address }) => html`<li key=${id}><a href=${address} aria-current=${id === section ? "page" : undefined}>${t(name)}</a></li>`,
          )}
        </ul>
      </nav>
      <div class="who">
        <span class="quiet name">${me.name || me.email}</span>
        <a href="/settings" aria-current=${section === "settings" ? "page" : undefined}>${t("settings.title")}</a>
        <button type="button" class="plain" onClick=${signOut}>${t("nav.sign_out")}</button>
      </div>
    <//>
    ${!online && html`<p class="banner" role="status">${t("state.offline")}</p>`}
    <main id="main" tabindex="-1">
      <fieldset class="whole" role="presentation" disabled=${!online}>${children}</fieldset>
      <${Toast} />
    </main>
    <${Foot}><button type="button" class="plain" onClick=${() => setHelp(true)}>${t("help.open")}</button><//>
    ${help && html`<${Help} me=${me} speak=${speak} close=${() => setHelp(false)} />`}
  `;
}

/** @param {{children?: unknown}} props */
export const Top = ({ children }) => html`
  <a class="skip" href="#main">${t("nav.skip")}</a>
  <header class="top"><a class="brand" href="/"><img src="/assets/icon.svg" alt="" width="26" height="26" />Opportune</a>${children}</header>
`;

/** @param {{children?: unknown}} props */
export const Foot = ({ children }) => html`<footer class="foot">
  <a href="/coverage">${t("nav.coverage")}</a><a href="/docs">${t("nav.api")}</a>${children}
</footer>`;
