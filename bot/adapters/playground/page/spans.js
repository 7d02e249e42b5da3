/** Text that the server has parsed, as nodes. */

import { h, safe } from "./dom.js";

const CHINESE = /\p{Script=Han}/u;
const TAGS = { bold: "strong", italic: "em", code: "code" };

function node({ text, style, href }) {
  const look = style === "italic" && CHINESE.test(text) ? { class: "upright" } : {};
  const inner = TAGS[style] ? h(TAGS[style], look, text) : document.createTextNode(text);
  const url = href && safe(href);
  return url ? h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, inner) : inner;
}

export function spans(list) {
  return list.map(node);
}

export function plain(list) {
  return list.map((span) => span.text).join("");
}
