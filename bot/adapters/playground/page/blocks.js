/** The bot's blocks as nodes. `phone` is where they stand: its language, and what a press does. */

import { h, icon, roam, safe } from "./dom.js";
import { sheet } from "./sheet.js";
import { plain, spans } from "./spans.js";
import { enlarge } from "./viewer.js";
import { size } from "./words.js";

const NUMBER = /^[\s\d.,:%+−\-–¥$€£/±k×千万亿MK]*\d[\s\d.,:%+−\-–¥$€£/±k×千万亿MK]*$/;

const DRAW = {
  text: (block) => h("div", { class: "text" }, spans(block.spans)),
  fields: (block) =>
    h(
      "dl",
      { class: "fields" },
      block.rows.map(([name, value]) =>
        h("div", {}, h("dt", {}, spans(name)), h("dd", {}, spans(value))),
      ),
    ),
  table,
  image: (block) => picture(block.url, block.alt, block.name),
  file: (block) => fileLink(block),
  buttons: (block, phone) =>
    h(
      "div",
      { class: "buttons" },
      block.buttons.map((one) => button(one, phone)),
    ),
  choice,
  sheet,
};

/** One card's blocks, in order. */
export function blocks(list, phone) {
  return list.map((block) => DRAW[block.type]?.(block, phone));
}

function table(block) {
  const numeric = block.headers.map((_, column) =>
    block.rows.every((row) => !row[column]?.length || NUMBER.test(plain(row[column]))),
  );
  const cell = (tag, attributes) => (content, column) =>
    h(tag, { ...attributes, class: numeric[column] ? "number" : null }, spans(content));
  return h(
    "div",
    { class: "table", tabindex: "0", role: "region", "data-label": "table" },
    h(
      "table",
      {},
      h("thead", {}, h("tr", {}, block.headers.map(cell("th", { scope: "col" })))),
      h(
        "tbody",
        {},
        block.rows.map((row) => h("tr", {}, row.map(cell("td", {})))),
      ),
    ),
  );
}

/** A picture that opens large; also for photos that the person sends. */
export function picture(url, alt, name) {
  const image = h("img", { src: url, alt: alt || name, loading: "eager", decoding: "async" });
  return h(
    "button",
    {
      class: "picture",
      type: "button",
      "aria-label": alt || name,
      "aria-haspopup": "dialog",
      onclick: () => enlarge(url, alt || name),
    },
    image,
  );
}

/** A file to fetch. */
export function fileLink(file) {
  const kind = (file.name.includes(".") ? file.name.split(".").pop() : "")
    .slice(0, 4)
    .toUpperCase();
  return h(
    "a",
    { class: "file", href: file.url, download: file.name },
    h("span", { class: "kind", "aria-hidden": "true" }, kind || icon("file")),
    h(
      "span",
      { class: "about" },
      h("span", { class: "name" }, file.name),
      h(
        "span",
        { class: "size" },
        h("span", { "data-word": "download" }),
        file.size ? ` · ${size(file.size)}` : "",
      ),
    ),
  );
}

function button(one, phone) {
  const look = `act${one.primary ? " primary" : ""}`;
  if (one.token === undefined) {
    return h(
      "a",
      { class: look, href: safe(one.url), target: "_blank", rel: "noopener noreferrer" },
      one.label,
      icon("open"),
    );
  }
  const node = h("button", { class: look, type: "button" }, one.label);
  node.addEventListener("click", () => phone.press(one.token, node));
  return node;
}

let menus = 0;

/** A menu that opens inside its card, so that it is never cut off by the phone's edge. */
function choice(block, phone) {
  const id = `menu-${++menus}`;
  const current = h("span", { "data-word": "choose" });
  const opener = h(
    "button",
    {
      class: "opener",
      type: "button",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      "aria-controls": id,
      "aria-labelledby": `${id}-prompt ${id}-current`,
    },
    current,
    icon("chevron"),
  );
  current.id = `${id}-current`;
  const menu = h("div", {
    class: "options",
    id,
    role: "menu",
    hidden: true,
    "aria-labelledby": `${id}-prompt`,
  });
  const show = (open) => {
    menu.hidden = !open;
    opener.setAttribute("aria-expanded", String(open));
    if (open) menu.firstElementChild?.focus();
  };
  const close = () => {
    show(false);
    opener.focus();
  };
  for (const option of block.options) {
    const item = button(option, phone);
    item.setAttribute("role", "menuitem");
    item.className = "option";
    item.addEventListener("click", () => {
      current.textContent = option.label;
      close();
    });
    menu.append(item);
  }
  opener.addEventListener("click", () => show(menu.hidden));
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      close();
    }
    roam(event, [...menu.children]);
  });
  return h(
    "div",
    { class: "choice" },
    h("div", { class: "prompt", id: `${id}-prompt` }, spans(block.prompt)),
    opener,
    menu,
  );
}
