/** An address that leads nowhere. */
import { html } from "../html.js";
import { Heading } from "../parts/states.js";

export const NotFound = () => html`<${Heading} title="There is nothing here" /><p>The address may be old. <a href="/">Go to your mentees</a>.</p>`;
