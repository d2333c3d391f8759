/** A dialog of the browser's own: it holds the focus and Escape closes it; where the focus goes then, `focus.js` knows. */
import { createPortal } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { html } from "../html.js";
import { useOnline } from "../online.js";
import { t } from "../words.js";

/**
 * @param {{title: string, close: () => void, children?: unknown}} props
 */
export function Dialog({ title, close, children }) {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const id = useId();
  const online = useOnline();
  useEffect(() => dialog.current?.showModal(), []);
  return createPortal(
    html`<dialog ref=${dialog} aria-labelledby=${id} onClose=${close}>
      <div class="dialog-head">
        <h2 id=${id}>${title}</h2>
        <button type="button" class="plain" aria-label=${t("action.close")} onClick=${() => dialog.current?.close()}><span aria-hidden="true">✕</span></button>
      </div>
      <fieldset class="whole" role="presentation" disabled=${!online}>${children}</fieldset>
    </dialog>`,
    document.body,
  );
}
