/** What a file does, or did: how many rows, which of them need a look, and each one's words. */
import { useEffect, useRef, useState } from "preact/hooks";
import { call } from "../api.js";
import { country } from "../format.js";
import { html } from "../html.js";
import { announce } from "../loading.js";
import { STAGES, DEGREES, PROFESSIONS } from "../vocabulary.js";
import { named, t } from "../words.js";
import { saveAs } from "./saving.js";
import { Empty } from "./states.js";
import { sayProblem } from "./toast.js";

/** @typedef {import("../api.js").Schemas} Schemas */
/** @typedef {"all" | "look" | Schemas["Action"]} Which */

const AT_ONCE = 50;
const ACTIONS = /** @type {const} */ (["new", "update", "unchanged", "cannot"]);

/** Whether there is something about a row that a person should see. @param {Schemas["ImportRow"]} row */
const asks = (row) => row.action === "cannot" || row.remarks.some(({ level }) => level !== "read_as");

/** @param {Schemas["ImportView"]} shown @param {Which} which */
const chosen = (shown, which) => shown.rows.filter((row) => which === "all" || (which === "look" ? asks(row) : row.action === which));

/**
 * @param {{shown: Schemas["ImportView"], name: string, table: {table: Blob | string, query: URLSearchParams}, busy: boolean, apply: () => void, anew: () => void}} props
 */
export function Outcome({ shown, name, table, busy, apply, anew }) {
  const { counts, applied } = shown;
  const heading = useRef(/** @type {HTMLHeadingElement | null} */ (null));
  const idle = counts.new + counts.update === 0;
  const [which, setWhich] = useState(/** @type {Which} */ (counts.cannot && !applied ? "look" : "all"));
  useEffect(() => {
    heading.current?.focus();
    announce(t(applied ? "import.done" : "import.would", { new: counts.new, update: counts.update, unchanged: counts.unchanged, cannot: counts.cannot }));
  }, []);
  const report = () => call("POST", "/mentees/imports", { table: table.table, query: table.query, asTable: true }).then((/** @type {string} */ csv) => saveAs("mentees-report.csv", csv), sayProblem);
  return html`<section aria-labelledby="outcome-title">
    <h2 id="outcome-title" ref=${heading} tabindex="-1">${applied ? t("import.applied", { name }) : t("import.shown", { name })}</h2>
    <dl class="tally">${ACTIONS.map((action) => html`<div key=${action} class=${counts[action] ? action : "nought"}><dt>${t(applied ? `import.did.${action}` : `import.does.${action}`)}</dt><dd>${t("import.count", { count: counts[action] })}</dd></div>`)}</dl>
    ${shown.remarks.map((remark, index) => html`<p key=${index} class="notice ${remark.level === "read_as" ? "" : "mind"}">${remark.detail}</p>`)}
    <div class="actions confirm">
      ${applied
        ? html`<a class="button primary" href="/mentees">${t("import.see")}</a>`
        : html`<button type="button" class="primary" disabled=${busy || idle} onClick=${apply}>${idle ? t("import.idle") : t("import.apply", { new: counts.new, update: counts.update })}</button>`}
      <button type="button" disabled=${busy} onClick=${anew}>${t("import.anew")}</button>
      ${!applied && html`<button type="button" class="plain" onClick=${report}>${t("import.report")}</button>`}
      <span role="status" class="quiet small">${busy && t("import.applying")}</span>
    </div>
    ${!applied && html`<p class="quiet small">${counts.cannot ? t("import.left_out", { count: counts.cannot }) : t("import.nothing_yet")}</p>`}
    <${Rows} shown=${shown} which=${which} choose=${setWhich} />
  </section>`;
}

/** @param {{shown: Schemas["ImportView"], which: Which, choose: (which: Which) => void}} props */
function Rows({ shown, which, choose }) {
  const [until, setUntil] = useState(AT_ONCE);
  const rows = chosen(shown, which);
  /** @type {Which[]} */
  const choices = ["all", "look", ...ACTIONS];
  const more = () => {
    setUntil(until + AT_ONCE);
    announce(t("list.more", { count: Math.min(AT_ONCE, rows.length - until) }));
  };
  return html`
    <fieldset class="chips"><legend class="unseen">${t("import.which")}</legend>
      ${choices.map((value) => ({ value, count: chosen(shown, value).length })).filter(({ value, count }) => count || value === "all" || value === which)
        .map(({ value, count }) => html`<label class="chip" key=${value}><input type="radio" name="which" checked=${which === value} onChange=${() => (choose(value), setUntil(AT_ONCE))} /> ${t(`import.which.${value}`)} <span class="quiet">${t("import.count", { count })}</span></label>`)}
    </fieldset>
    ${rows.length
      ? html`<ol class="rows outcomes" aria-label=${t("import.rows")}>${rows.slice(0, until).map((row) => html`<${Row} key=${row.line} row=${row} />`)}</ol>`
      : html`<${Empty} kind="none" title=${t("import.no_rows")}>${t("import.no_rows.why")}<//>`}
    ${rows.length > until && html`<p class="more"><button type="button" onClick=${more}>${t("action.more")}</button> <span class="quiet small">${t("import.so_far", { until, count: rows.length })}</span></p>`}`;
}

const SIGN = { problem: "✕", warning: "!", read_as: "→" };

/** @param {{row: Schemas["ImportRow"]}} props */
const Row = ({ row }) => html`<li class="row"><article aria-labelledby=${`line-${row.line}`}>
  <p class="kicker">${t("import.line", { line: String(row.line) })}</p>
  <h3 id=${`line-${row.line}`} tabindex="-1"><span class="tag ${row.action}">${t(`import.row.${row.action}`)}</span> ${row.mentee_id ? html`<a href=${`/mentees/${row.mentee_id}`}>${row.name}</a>` : row.name || t("import.nameless")}</h3>
  ${row.remarks.length > 0 && html`<ul class="remarks">${row.remarks.map(({ level, column, detail }, index) => html`<li key=${index} class=${level}>
    <span class="sign" aria-hidden="true">${SIGN[level]}</span> <span class="unseen">${t(`import.level.${level}`)}: </span>${column && html`<strong>${factNamed(column)}:</strong> `}${detail}</li>`)}</ul>`}
  ${row.changes.length > 0 && html`<${Changes} row=${row} />`}
</article></li>`;

/** @param {{row: Schemas["ImportRow"]}} props */
const Changes = ({ row }) => html`<dl class="changes">${row.changes.map(({ column, before, after }, index) => html`<div key=${index}>
  <dt>${factNamed(column)}</dt><dd>${row.action === "update" && html`<del>${before ? said(column, before) : t("fact.unknown")}</del> <span aria-hidden="true">→</span> `}<ins>${after ? said(column, after) : t("fact.unknown")}</ins></dd></div>`)}</dl>`;

/** @param {string} column */
const factNamed = (column) => (column.startsWith("goal") ? t("fact.goal") : named("fact", column));

/** A fact's value in words where it is a code. @param {string} column @param {string} value */
function said(column, value) {
  if (column === "stage" && STAGES.some((one) => one === value)) return named("stage", value);
  if (column === "profession" && PROFESSIONS.some((one) => one === value)) return named("profession", value);
  if (column === "degree" && DEGREES.some((one) => one === value)) return named("degree", value);
  if (column === "citizenships" || column === "residence") return value.replace(/\b[A-Z]{2}\b/g, country);
  if (column.startsWith("goal")) return value.replace(/\((this_year|next_year|later),/, (_, horizon) => `(${named("horizon", horizon)},`);
  return value;
}
