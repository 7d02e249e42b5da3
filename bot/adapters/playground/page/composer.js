/** Where a person writes. Enter sends, but never while an input method is still composing. */

import { Attachments } from "./attach.js";
import { h, icon, reachable } from "./dom.js";
import * as outbox from "./outbox.js";
import { Suggestions } from "./suggest.js";
import { Uploads } from "./uploads.js";
import { translate } from "./words.js";

const LONGEST = 16_000; // the server refuses longer texts
const STARTERS = { visit: "拜访", account: "客户", help: "帮助" }; // as Chinese is said, without "/"

export class Composer {
  constructor(phone) {
    this.phone = phone;
    this.field = h("textarea", {
      rows: "1",
      maxlength: String(LONGEST),
      "data-label": "message",
      "data-hint": "placeholder",
      enterkeyhint: "send",
      autocomplete: "off",
    });
    this.uploads = new Uploads(phone, this);
    this.attachments = new Attachments(phone, this, this.uploads);
    this.suggestions = new Suggestions(this);
    this.sender = h(
      "button",
      { class: "round send", type: "submit", "data-label": "send" },
      icon("send"),
    );
    this.node = h(
      "form",
      { class: "composer" },
      this.suggestions.node,
      this.attachments.panel,
      this.uploads.chips,
      h("div", { class: "row" }, this.attachments.opener, this.field, this.sender),
    );
    this.node.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    this.node.addEventListener("keydown", (event) => this.leave(event));
    this.field.addEventListener("input", () => this.changed());
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.set(outbox.draft(phone.person) ?? "");
  }

  get commands() {
    return this.phone.commands?.[this.phone.language] ?? [];
  }

  set(text) {
    this.field.value = text;
    this.changed();
  }

  /** Put a command in, to be gone on with. */
  take(text) {
    this.set(text);
    this.field.focus();
    this.field.setSelectionRange(text.length, text.length);
  }

  changed() {
    outbox.keep(this.phone.person, this.field.value);
    this.grow();
    this.suggestions.match(this.field.value);
    this.ready();
  }

  /** As high as its text, up to what the style allows. */
  grow() {
    const { field } = this;
    field.style.height = "";
    const border = field.offsetHeight - field.clientHeight;
    if (field.value) field.style.height = `${field.scrollHeight + border}px`;
  }

  ready() {
    const something = this.field.value.trim() || this.uploads.ready.length;
    this.sender.disabled = !something || this.uploads.loading;
  }

  key(event) {
    if (event.isComposing || event.keyCode === 229) return; // Enter here chooses a character
    if (this.suggestions.key(event)) return;
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    this.send();
  }

  /** Tab goes on to the newest card; Shift+Tab goes back from there through the older ones. */
  leave(event) {
    if (event.key !== "Tab" || event.shiftKey || event.defaultPrevented || event.isComposing) return;
    const next = event.target === reachable(this.node).at(-1) && this.phone.log.newest;
    if (!next) return;
    event.preventDefault();
    next.focus();
  }

  send() {
    if (this.sender.disabled) return;
    const files = this.uploads.take();
    this.phone.say({ text: this.field.value.trim(), ...(files.length ? { files } : {}) });
    this.set("");
    this.field.focus();
  }

  connected(up) {
    if (up) this.uploads.retry();
  }

  /** The commands are known now. */
  greet() {
    this.welcome();
    if (document.activeElement === this.field) this.suggestions.match(this.field.value);
  }

  speak() {
    this.welcome();
    this.suggestions.close();
    this.attachments.close();
  }

  /** What an empty conversation says. */
  welcome() {
    const first = this.commands
      .filter(([name]) => name in STARTERS)
      .map(([name, about]) => {
        const text = this.phone.language === "zh" ? STARTERS[name] : `/${name}`;
        const onclick = () => this.phone.say({ text });
        return h("button", { class: "act", type: "button", title: about, onclick }, text);
      });
    this.phone.log.empty.replaceChildren(
      h("p", { "data-word": "empty" }),
      h("div", { class: "buttons" }, first),
    );
    translate(this.phone.log.empty, this.phone.language);
  }
}
