/** The list of commands that opens on "/". */

import { h } from "./dom.js";

let lists = 0;

export class Suggestions {
  constructor(composer) {
    this.composer = composer;
    this.id = `commands-${++lists}`;
    this.node = h("ul", {
      class: "suggestions",
      id: this.id,
      role: "listbox",
      "data-label": "commands",
      hidden: true,
    });
    const field = composer.field;
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", this.id);
    field.setAttribute("aria-expanded", "false");
    field.addEventListener("blur", () => this.close());
  }

  /** Offer what goes on from what is written. */
  match(text) {
    const begun = /^\/(\S*)$/.exec(text)?.[1].toLowerCase();
    const found =
      begun === undefined
        ? []
        : this.composer.commands.filter(([name]) => name.toLowerCase().startsWith(begun));
    this.names = found.map(([name]) => name);
    this.node.replaceChildren(
      ...found.map(([name, about], at) =>
        h(
          "li",
          {
            id: `${this.id}-${at}`,
            role: "option",
            onmousedown: (event) => event.preventDefault(),
            onclick: () => this.accept(at),
          },
          h("span", { class: "command" }, `/${name}`),
          h("span", { class: "what" }, about),
        ),
      ),
    );
    if (found.length) this.show(0);
    else this.close();
  }

  show(at) {
    this.at = (at + this.names.length) % this.names.length;
    this.node.hidden = false;
    [...this.node.children].forEach((node, index) =>
      node.setAttribute("aria-selected", String(index === this.at)),
    );
    const chosen = this.node.children[this.at];
    const { offsetTop: top, offsetHeight: height } = chosen;
    if (top < this.node.scrollTop) this.node.scrollTop = top;
    const over = top + height - this.node.clientHeight;
    if (over > this.node.scrollTop) this.node.scrollTop = over;
    this.composer.field.setAttribute("aria-expanded", "true");
    this.composer.field.setAttribute("aria-activedescendant", chosen.id);
  }

  close() {
    this.node.hidden = true;
    this.composer.field.setAttribute("aria-expanded", "false");
    this.composer.field.removeAttribute("aria-activedescendant");
  }

  accept(at) {
    this.composer.take(`/${this.names[at]} `);
  }

  /** Whether a key was for the list. A command written out in full is sent by Enter. */
  key(event) {
    if (this.node.hidden) return false;
    const whole = this.composer.field.value === `/${this.names[this.at]}`;
    const act = {
      ArrowDown: () => this.show(this.at + 1),
      ArrowUp: () => this.show(this.at - 1),
      Escape: () => this.close(),
      Tab: whole || event.shiftKey ? null : () => this.accept(this.at),
      Enter: whole || event.shiftKey ? null : () => this.accept(this.at),
    }[event.key];
    if (!act) return false;
    event.preventDefault();
    act();
    return true;
  }
}
