/** A picture, large. */

import { h, icon } from "./dom.js";
import { translate } from "./words.js";

const dialog = document.querySelector(".viewer");
dialog.addEventListener("click", () => dialog.close());

/** Show a picture over everything; Escape or a tap closes it. */
export function enlarge(url, alt) {
  const close = h(
    "button",
    { class: "round", type: "button", "data-label": "close" },
    icon("close"),
  );
  dialog.replaceChildren(h("img", { src: url, alt }), close);
  translate(dialog, dialog.dataset.language);
  dialog.showModal();
}
