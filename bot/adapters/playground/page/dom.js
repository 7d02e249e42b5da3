/** Small helpers to build nodes; data reaches the page only as text and attributes. */

const PROPERTIES = new Set([
  "value",
  "hidden",
  "disabled",
  "checked",
  "required",
  "multiple",
  "selected",
]);

/** Build an element: `h("button", { class: "act", onclick: press }, "Press")`. */
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (value === "" && !PROPERTIES.has(name)) continue; // an empty value is a value
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (PROPERTIES.has(name)) node[name] = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

const DRAWINGS = {
  send: "M12 19V5m-6 6 6-6 6 6",
  plus: "M12 5v14M5 12h14",
  check: "m5 12.5 4.5 4.5L19 7.5",
  clock: "M12 7.5V12l3 2M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17z",
  alert: "M12 8v5m0 3.2v.1M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17z",
  chevron: "m7 10 5 5 5-5",
  down: "M12 5v14m-6-6 6 6 6-6",
  close: "m6 6 12 12M18 6 6 18",
  open: "M14 5h5v5m0-5-8 8M10 6H7a2 2 0 0 0-2 2v9a2 2 0 0 0 2 2h9a2 2 0 0 0 2-2v-3",
  photo:
    "M5 5h14a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2zm-2 11 5-5 4 4 3-3 6 5M15.5 9.5v.1",
  file: "M13.5 3.5H7a2 2 0 0 0-2 2v13a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V9zm0 0V9H19",
  place:
    "M12 21s7-6.2 7-11.2A7 7 0 0 0 5 9.8C5 14.8 12 21 12 21zm0-8.5a2.6 2.6 0 1 0 0-5.2 2.6 2.6 0 0 0 0 5.2z",
  person: "M12 12.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8zm-7.5 8c.6-3.7 3.7-5.5 7.5-5.5s6.9 1.8 7.5 5.5",
};

/** Draw one of the page's icons; it is decoration, the label stands beside it. */
export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", DRAWINGS[name]);
  svg.append(path);
  return svg;
}

/** Move the focus through a menu's items with the arrow keys, Home and End. */
export function roam(event, items) {
  const at = items.indexOf(document.activeElement);
  const target = {
    ArrowDown: items[(at + 1) % items.length],
    ArrowUp: items[(at - 1 + items.length) % items.length],
    Home: items[0],
    End: items.at(-1),
  }[event.key];
  if (!target) return;
  event.preventDefault();
  target.focus();
}

/** What Tab stops at inside a node, in order. */
export function reachable(node) {
  const stops = node.querySelectorAll("a[href], button, input, select, textarea, [tabindex='0']");
  return [...stops].filter((one) => !one.disabled && one.getClientRects().length);
}

/** Whether a link may be followed: markup is ours, but what it points to may not be. */
export function safe(url) {
  return /^(https?|tg):\/\//i.test(url) ? url : undefined;
}
