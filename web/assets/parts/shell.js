/** What surrounds every view: skip link, name, navigation, who is signed in. */
import { html } from "../html.js";

const SECTIONS = [
  { id: "mentees", name: "Mentees", address: "/" },
  { id: "search", name: "Search", address: "/opportunities" },
  { id: "forwarded", name: "Forwarded", address: "/forwarded" },
  { id: "sources", name: "Sources", address: "/sources" },
];

/** What coordinators see besides. */
const COORDINATING = [
  { id: "review", name: "Review", address: "/review" },
  { id: "watched", name: "Watched", address: "/watched" },
];

/** @param {{me: import("../api.js").Schemas["Me"], section?: string, signOut: () => void, children?: unknown}} props */
export function Shell({ me, section, signOut, children }) {
  return html`
    <a class="skip" href="#main">Skip to the content</a>
    <header class="top">
      <a class="brand" href="/"><img src="/assets/icon.svg" alt="" width="26" height="26" />Opportune</a>
      <nav aria-label="Sections">
        <ul>
          ${[...SECTIONS, ...(me.role === "mentor" ? [] : COORDINATING)].map(
            ({ id, name, address }) => html`<li key=${id}><a href=${address} aria-current=${id === section ? "page" : undefined}>${name}</a></li>`,
          )}
        </ul>
      </nav>
      <div class="who">
        <span class="quiet">${me.name || me.email}</span>
        <button type="button" class="plain" onClick=${signOut}>Sign out</button>
      </div>
    </header>
    <main id="main" tabindex="-1">${children}</main>
  `;
}
