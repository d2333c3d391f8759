/** What is kept beside a mentee's list, asked for when it is opened: notes and reminders. */
import { useState } from "preact/hooks";
import { html } from "../html.js";
import { t } from "../words.js";
import { Notes } from "./notes.js";
import { Reminders } from "./reminders.js";

/** @param {{mentee: import("../api.js").Schemas["Person"]}} props */
export function Beside({ mentee }) {
  const [open, setOpen] = useState(false);
  return html`<details class="beside no-print" onToggle=${(/** @type {any} */ event) => setOpen(event.currentTarget.open)}>
    <summary>${t("beside.title")}</summary>
    ${open && html`<div class="two-columns"><div class="sheet"><h2>${t("notes.title")}</h2><${Notes} menteeId=${mentee.id} /></div><div class="sheet"><${Reminders} mentee=${mentee} /></div></div>`}
  </details>`;
}
