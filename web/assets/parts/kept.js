/** Notes on a mentee and reminders about her, side by side. */
import { html } from "../html.js";
import { t } from "../words.js";
import { Notes } from "./notes.js";
import { Reminders } from "./reminders.js";

/** @param {{mentee: import("../api.js").Schemas["Person"]}} props */
export const Kept = ({ mentee }) => html`<div class="two-columns">
  <div class="sheet"><h2>${t("notes.title")}</h2><${Notes} menteeId=${mentee.id} /></div>
  <div class="sheet"><${Reminders} mentee=${mentee} /></div>
</div>`;
