/** Forgetting a mentee: the one step that cannot be taken back, and so the one that asks for a name. */
import { useState } from "preact/hooks";
import { go } from "../address.js";
import { call } from "../api.js";
import { html } from "../html.js";
import { given, text, useSending } from "../sending.js";
import { t } from "../words.js";
import { Dialog } from "./dialog.js";
import { Field, FormProblem } from "./fields.js";
import { say } from "./toast.js";

/** @param {string} name as it is compared: without its spaces' and letters' variants */
const plain = (name) => name.normalize("NFKC").trim().replace(/\s+/g, " ").toLocaleLowerCase();

/** @param {{mentee: {id: string, name: string}, close: () => void}} props */
export function Erase({ mentee, close }) {
  const { form, busy, problem, send } = useSending();
  const [wrong, setWrong] = useState(false);
  /** @param {Event} event */
  const erase = (event) => {
    const typed = text(given(event), "typed") ?? "";
    setWrong(plain(typed) !== plain(mentee.name));
    if (plain(typed) !== plain(mentee.name)) return;
    send(async () => {
      await call("DELETE", `/mentees/${mentee.id}`);
      close();
      go("/mentees", { replace: true });
      say(t("erase.done"));
    });
  };
  const says = wrong ? /** @type {any} */ ({ errors: [{ pointer: "/typed", detail: t("erase.other_name") }] }) : null;
  return html`<${Dialog} title=${t("erase.title", { name: mentee.name })} close=${close}>
    <p><strong>${t("erase.goes")}</strong> ${t("erase.goes.what")}</p>
    <p><strong>${t("erase.stays")}</strong> ${t("erase.stays.what")}</p>
    <p class="notice bad">${t("erase.for_good")}</p>
    <form ref=${form} onSubmit=${erase}>
      <${FormProblem} problem=${problem} />
      <${Field} label=${t("erase.type", { name: mentee.name })} name="typed" required autocomplete="off" spellcheck=${false} problem=${says} />
      <div class="actions"><button class="danger" disabled=${busy}>${t("erase.erase")}</button><button type="button" class="plain" onClick=${close}>${t("action.cancel")}</button></div>
    </form>
  <//>`;
}
