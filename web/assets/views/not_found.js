/** An address that leads nowhere. */
import { html } from "../html.js";
import { Heading } from "../parts/states.js";
import { t } from "../words.js";

export const NotFound = () => html`<${Heading} title=${t("not_found.title")} /><p>${t("not_found.why")} <a href="/">${t("not_found.home")}</a></p>`;
