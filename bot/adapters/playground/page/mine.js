/** What the person said themselves. */

import { fileLink, picture } from "./blocks.js";
import { h, icon } from "./dom.js";
import { translate, word } from "./words.js";

const ICONS = { sending: "clock", committed: "check", refused: "alert" };

/** One own message, with the sign of whether it has arrived. */
export function mine(payload, condition, language) {
  const sign = h("span", { class: "state", role: "img" });
  const bubble = h(
    "div",
    { class: "bubble" },
    (payload.files ?? []).map(attachment),
    payload.location ? place(payload.location) : null,
    payload.contact ? person(payload.contact) : null,
    payload.text ? h("div", { class: "text" }, payload.text) : null,
    sign,
  );
  mark(sign, condition, language);
  translate(bubble, language);
  return bubble;
}

/** Change the sign of an own message. */
export function state(bubble, condition, language) {
  mark((bubble.closest(".message") ?? bubble).querySelector(".state"), condition, language);
}

function mark(sign, condition, language) {
  if (sign.dataset.state === condition) return;
  sign.dataset.state = condition;
  sign.setAttribute("aria-label", word(language, condition));
  const text =
    condition === "refused" ? h("span", { "data-word": "refused" }, word(language, "refused")) : "";
  sign.replaceChildren(icon(ICONS[condition]), text);
}

function attachment(file) {
  const url = `/files/${encodeURIComponent(file.ref)}`;
  if (/^image\/(png|jpeg|gif|webp)$/.test(file.mime)) return picture(url, file.name, file.name);
  return fileLink({ ...file, url });
}

function place({ latitude, longitude }) {
  const where = `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`;
  return h(
    "div",
    { class: "pin" },
    h("span", { class: "disc" }, icon("place")),
    h(
      "span",
      { class: "about" },
      h("span", { class: "name", "data-word": "location" }),
      h("span", { class: "size" }, where),
    ),
  );
}

function person({ name, phone }) {
  return h(
    "div",
    { class: "pin" },
    h("span", { class: "disc" }, icon("person")),
    h(
      "span",
      { class: "about" },
      h("span", { class: "name" }, name),
      h("span", { class: "size" }, phone),
    ),
  );
}
