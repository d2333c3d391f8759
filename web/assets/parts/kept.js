/** Notes on a mentee and reminders about her, side by side, and what was confirmed of her. */
import { html } from "../html.js";
import { t } from "../words.js";
import { ConfirmedList } from "./confirmed_list.js";
import { Notes } from "./notes.js";
import { Reminders } from "./reminders.js";

/** @param {{mentee: import("../api.js").Schemas["Person"], told: () => void}} props */
export const Kept = ({ mentee, told }) => html`<div class="two-columns">
  <div class="sheet"><h2>${t("notes.title")}</h2><${Notes} menteeId=${mentee.id} /></div>
  <div class="sheet"><${Reminders} mentee=${mentee} /></div>
</div>
<${ConfirmedList} mentee=${mentee} told=${told} />`;
