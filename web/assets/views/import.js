/** Mentees from a file: first what it would do, row by row; then exactly that. */
import { useState } from "preact/hooks";
import { call } from "../api.js";
import { html } from "../html.js";
import { asProblem } from "../loading.js";
import { Outcome } from "../parts/outcome.js";
import { Field, FormProblem } from "../parts/fields.js";
import { Heading } from "../parts/states.js";
import { given, text, useSending } from "../sending.js";
import { t } from "../words.js";

/** @typedef {import("../api.js").Schemas} Schemas */
/** @typedef {{name: string, table: Blob | string, query: URLSearchParams}} File_ what was chosen, as it was when it was chosen */

/** @param {{me: Schemas["Me"]}} props */
export function Import({ me }) {
  const { form, busy, problem, shown, file, moved, choose, apply, anew } = useImporting();
  return html`
    <${Heading} title=${t("import.title")} above=${html`<p class="kicker"><a href="/mentees">${t("nav.mentees")}</a></p>`}><p class="quiet">${t("import.about")}</p><//>
    ${!shown && html`<form class="sheet wide-form" ref=${form} onSubmit=${choose} aria-label=${t("import.title")}>
      <${FormProblem} problem=${problem} />
      ${me.programmes.length > 1 && html`<${Field} label=${t("mentees.programme")} name="programme_id" choices=${me.programmes.map(({ id, name }) => ({ value: id, words: name }))} />`}
      <${Field} label=${t("import.file")} hint=${t("import.file.hint")} name="file" type="file" accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values" />
      <${Field} label=${t("import.paste")} hint=${t("import.paste.hint")} name="pasted" lines=${5} spellcheck=${false} autocomplete="off" />
      <div class="actions"><button class="primary" disabled=${busy}>${t("import.look")}</button><a class="button" href="/v1/mentees/imports/template" download="mentees-template.csv">${t("import.template")}</a></div>
      <p role="status" class="quiet small">${busy && t("import.reading")}</p>
    </form>`}
    ${shown && file && html`
      <${FormProblem} problem=${problem} />
      ${moved && html`<p class="notice mind" role="alert">${t("import.moved")}</p>`}
      <${Outcome} key=${shown.mark + String(shown.applied)} shown=${shown} name=${file.name} table=${file} busy=${busy} apply=${apply} anew=${anew} />`}
  `;
}

/** A file is looked at, then applied as it was shown; what has moved meanwhile is shown again. */
function useImporting() {
  const { send, ...sending } = useSending();
  const [file, setFile] = useState(/** @type {File_ | null} */ (null));
  const [shown, setShown] = useState(/** @type {Schemas["ImportView"] | null} */ (null));
  const [moved, setMoved] = useState(false);

  /** @param {File_} chosen */
  const look = async (chosen) => {
    setShown(/** @type {Schemas["ImportView"]} */ (await call("POST", "/mentees/imports", { table: chosen.table, query: chosen.query })));
    setFile(chosen);
  };
  /** @param {Event} event */
  const choose = (event) => {
    const data = given(event);
    setMoved(false);
    return send(async () => look(await chosenIn(data)));
  };
  const apply = () =>
    send(async () => {
      if (!file || !shown) return;
      const query = new URLSearchParams(file.query);
      query.set("apply", shown.mark);
      try {
        setShown(await call("POST", "/mentees/imports", { table: file.table, query }));
        setMoved(false);
      } catch (error) {
        if (asProblem(error).status !== 412) throw error;
        await look(file);
        setMoved(true);
      }
    });
  const anew = () => (setShown(null), setFile(null), setMoved(false));
  return { ...sending, shown, file, moved, choose, apply, anew };
}

/** Read now: what is shown is what is applied, even if the file on the disk changes meanwhile. @param {FormData} data @returns {Promise<File_>} */
async function chosenIn(data) {
  const upload = /** @type {File | null} */ (data.get("file"));
  const programme = text(data, "programme_id");
  const query = new URLSearchParams(programme ? { programme_id: programme } : {});
  if (!upload?.size) return { name: t("import.pasted"), table: text(data, "pasted") ?? "", query };
  return { name: upload.name, table: new Blob([await upload.arrayBuffer()]), query };
}
