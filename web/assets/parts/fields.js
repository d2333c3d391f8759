/** A form's fields: a label, a hint, and what the API says is wrong with it, tied together for everybody. */
import { useId } from "preact/hooks";
import { html } from "../html.js";

/**
 * One field with its label. What is not named here goes to the input itself (`type`, `maxlength`, `required`, …).
 *
 * @param {{label: string, name: string, hint?: string, problem?: import("../api.js").Problem | null, pointer?: string, wide?: boolean,
 *   choices?: readonly {value: string, words: string}[], lines?: number, [attribute: string]: unknown}} props
 *   `pointer` is where the API reports its errors, `/name` unless told; with `choices` it is a select, with `lines` a text area
 */
export function Field({ label, name, hint, problem, pointer = `/${name}`, wide, choices, lines, ...attributes }) {
  const id = useId();
  const says = problem?.errors.find((error) => error.pointer === pointer || error.pointer.startsWith(`${pointer}/`))?.detail;
  const described = [hint && `${id}-hint`, says && `${id}-wrong`].filter(Boolean).join(" ") || undefined;
  const shared = { id, name, "aria-invalid": says ? "true" : undefined, "aria-describedby": described, ...attributes };
  return html`<div class="field ${wide ? "wide" : ""}">
    <label for=${id}>${label}</label>
    ${hint && html`<p class="hint" id=${`${id}-hint`}>${hint}</p>`}
    ${says && html`<p class="wrong" id=${`${id}-wrong`}>${says}</p>`}
    ${choices
      ? html`<select ...${shared}>${choices.map(({ value, words }) => html`<option key=${value} value=${value} selected=${value === (attributes.defaultValue ?? attributes.value)}>${words}</option>`)}</select>`
      : lines
        ? html`<textarea rows=${lines} ...${shared}></textarea>`
        : html`<input type="text" ...${shared} />`}
  </div>`;
}

/** What is wrong with a form as a whole, above it. @param {{problem: import("../api.js").Problem | null}} props */
export const FormProblem = ({ problem }) => (problem ? html`<p class="notice bad" role="alert">${problem.errors.length === 1 ? problem.errors[0]?.detail : problem.message}</p>` : null);
