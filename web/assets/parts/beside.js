/** What is kept beside a mentee's list, notes, reminders and confirmations: fetched, code and all, when it is opened. */
import { useState } from "preact/hooks";
import { unreachable } from "../api.js";
import { html } from "../html.js";
import { t } from "../words.js";
import { Loading } from "./states.js";
import { sayProblem } from "./toast.js";

/** @param {{mentee: import("../api.js").Schemas["Person"], told: () => void}} props `told`: something about them changed */
export function Beside({ mentee, told }) {
  const [open, setOpen] = useState(false);
  const [kept, setKept] = useState(/** @type {{Kept: (props: any) => unknown} | null} */ (null));
  /** @param {boolean} wanted */
  const toggle = (wanted) => {
    setOpen(wanted);
    if (wanted && !kept) import("./kept.js").then(setKept, () => sayProblem(unreachable()));
  };
  return html`<details class="beside no-print" onToggle=${(/** @type {any} */ event) => toggle(event.currentTarget.open)}>
    <summary>${t("beside.title")}</summary>
    ${open && (kept ? html`<${kept.Kept} mentee=${mentee} told=${told} />` : html`<${Loading} rows=${1} />`)}
  </details>`;
}
