/** The keys and how to switch them off, and the language of the page. */
import { useState } from "preact/hooks";
import { call } from "../api.js";
import { html } from "../html.js";
import { LANGUAGES, shown, t } from "../words.js";
import { Dialog } from "./dialog.js";
import { keysHere } from "./shortcuts.js";
import { sayProblem } from "./toast.js";

/** @typedef {import("../api.js").Schemas} Schemas */

export const useHelp = () => useState(false);

/** @param {{me: Schemas["Me"], speak: (locale: string) => void, close: () => void}} props */
export function Help({ me, speak, close }) {
  const [on, setOn] = useState(me.shortcuts);
  const [here] = useState(keysHere);
  const keys = [
    { key: "j", words: t("key.next") },
    { key: "k", words: t("key.before") },
    { key: "Enter", words: t("key.open") },
    ...here,
    { key: "z", words: t("action.undo") },
    { key: "?", words: t("help.open") },
  ];
  /** @param {boolean} wanted */
  const change = (wanted) => {
    setOn(wanted);
    me.shortcuts = wanted;
    call("PATCH", "/me", { body: { shortcuts: wanted }, version: "*" }).then(() => dispatchEvent(new Event("opportune:me")), sayProblem);
  };
  return html`<${Dialog} title=${t("help.title")} close=${close}>
    <h3>${t("help.keys")}</h3>
    <p><label class="check"><input type="checkbox" checked=${on} onChange=${(/** @type {any} */ event) => change(event.target.checked)} /> ${t("help.keys_on")}</label></p>
    <dl class="keys">${keys.map(({ key, words }) => html`<div key=${key}><dt><kbd>${key}</kbd></dt><dd>${words}</dd></div>`)}</dl>
    <p class="quiet small">${t("help.keys_where")}</p>
    <label>${t("help.language")}
      <select onChange=${(/** @type {any} */ event) => speak(event.target.value)}>
        ${Object.entries(LANGUAGES).map(([code, name]) => html`<option key=${code} value=${code} lang=${code} selected=${code === shown()}>${name}</option>`)}
      </select>
    </label>
  <//>`;
}
