/** Templates: `html` makes virtual nodes from tagged strings. Values become text nodes, never markup. */
import { h } from "preact";
import htm from "htm";

/** @type {(strings: TemplateStringsArray, ...values: unknown[]) => any} */
export const html = htm.bind(/** @type {any} */ (h));
