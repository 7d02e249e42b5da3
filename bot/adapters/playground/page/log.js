/** The conversation: messages by name, in order of time, edited in place. */

import { blocks } from "./blocks.js";
import { h, icon, reachable } from "./dom.js";
import { mine, state } from "./mine.js";
import { clock, day, translate, word } from "./words.js";

const NEAR = 80; // pixels from the end that still count as reading along
const CLOSE = 180_000; // messages within three minutes of each other stand together

export class Log {
  constructor(phone) {
    this.phone = phone;
    this.items = new Map();
    this.count = 0;
    this.list = h("ol", { class: "messages" });
    this.dots = h(
      "div",
      { class: "typing", hidden: true },
      h("span", { class: "unseen", "data-word": "typing" }),
      h("i"),
      h("i"),
      h("i"),
    );
    this.empty = h("div", { class: "empty", hidden: true });
    this.node = h(
      "div",
      {
        class: "log",
        role: "log",
        "aria-live": "polite",
        "aria-relevant": "additions",
        tabindex: "0",
        "data-label": "conversation",
        "aria-busy": "true",
      },
      this.empty,
      this.list,
      this.dots,
    );
    this.jump = h(
      "button",
      {
        class: "round jump",
        type: "button",
        "data-label": "latest",
        hidden: true,
        onclick: () => this.end(),
      },
      icon("down"),
    );
    this.node.addEventListener("scroll", () => this.watch(), { passive: true });
    this.list.addEventListener("load", () => this.following && this.end(false), true);
    this.following = true;
    this.top = 0;
  }

  /** What was said so far; what is on screen already stays as it is. */
  history(events) {
    this.node.setAttribute("aria-busy", "true");
    for (const event of events) this.put(event, false);
    this.arrange();
    if (this.following) this.end(false);
    this.node.setAttribute("aria-busy", "false");
  }

  /** One more message, ours or the bot's. */
  add(event) {
    const fresh = this.put(event, true);
    this.arrange();
    if (event.type === "mine" && fresh) this.end();
    else if (this.following) this.follow(event);
    else this.jump.hidden = !fresh && this.jump.hidden;
  }

  put(event, live) {
    return event.type === "mine" ? this.putMine(event, live) : this.putTheirs(event, live);
  }

  putTheirs(event, live) {
    const key = `theirs ${event.ref}`;
    const drawn = JSON.stringify(event.blocks);
    const known = this.items.get(key);
    if (known?.drawn === drawn) return false;
    const card = h(
      "div",
      { class: "bubble card", tabindex: "-1" },
      blocks(event.blocks, this.phone),
    );
    card.classList.toggle(
      "wide",
      event.blocks.some(({ type }) => ["table", "sheet", "image", "fields"].includes(type)),
    );
    this.phone.cards.set(card, event.ref);
    translate(card, this.phone.language);
    if (known) return this.replace(known, card, drawn, live);
    this.insert(key, { at: Date.parse(event.at), drawn, side: "theirs", card }, live);
    return true;
  }

  replace(known, card, drawn, live) {
    const focused = known.card.contains(document.activeElement);
    known.card.replaceWith(card);
    Object.assign(known, { card, drawn });
    if (live) card.classList.add("edited");
    if (focused) (card.querySelector("[aria-invalid=true]") ?? card).focus({ preventScroll: true });
    return false;
  }

  putMine(event) {
    const key = `mine ${event.id}`;
    const known = this.items.get(key);
    if (known) {
      if (event.at) known.at = Date.parse(event.at);
      state(known.card, event.at ? "committed" : "sending", this.phone.language);
      return false;
    }
    const card = mine(event.payload, event.at ? "committed" : "sending", this.phone.language);
    const at = event.at ? Date.parse(event.at) : Infinity;
    this.insert(key, { at, said: event.payload.at, side: "mine", card }, !event.at);
    return true;
  }

  insert(key, item, live) {
    item.time = h("time", { datetime: item.said ?? new Date(item.at).toISOString() });
    item.time.textContent = clock(this.phone.language, item.time.dateTime);
    item.divider = h("p", { class: "day", hidden: true });
    const foot = h("span", { class: "foot" }, item.time, item.card.querySelector(".state"));
    item.node = h(
      "li",
      { class: `message ${item.side}${live ? " fresh" : ""}` },
      item.divider,
      item.card,
      foot,
    );
    item.number = this.count++;
    this.items.set(key, item);
  }

  /** Bring the messages into order, moving no more than must move: a moved field loses its focus. */
  arrange() {
    const items = [...this.items.values()].sort((a, b) => a.at - b.at || a.number - b.number);
    let cursor = this.list.firstElementChild;
    let before = null;
    for (const item of items) {
      if (item.node === cursor) cursor = cursor.nextElementSibling;
      else this.list.insertBefore(item.node, cursor);
      this.group(item, before);
      before = item;
    }
    before?.node.classList.remove("followed");
    this.empty.hidden = items.length > 0;
  }

  group(item, before) {
    const date = new Date(item.time.dateTime);
    const last = before && new Date(before.time.dateTime);
    const same = last && last.toDateString() === date.toDateString();
    item.divider.hidden = Boolean(same);
    if (!same) item.divider.textContent = day(this.phone.language, date);
    const near = same && before.side === item.side && Math.abs(date - last) < CLOSE;
    item.node.classList.toggle("next", Boolean(near));
    before?.node.classList.toggle("followed", Boolean(near));
  }

  refuse(id) {
    const item = this.items.get(`mine ${id}`);
    if (!item) return;
    item.at = Date.parse(item.time.dateTime);
    state(item.card, "refused", this.phone.language);
    this.arrange();
  }

  typing(on) {
    clearTimeout(this.quiet);
    this.dots.hidden = !on;
    if (on) this.quiet = setTimeout(() => this.typing(false), 8000);
    if (on && this.following) this.end();
  }

  /** Fold the forms away, as their own Cancel does. */
  fold() {
    this.list.querySelectorAll("form.sheet").forEach((one) => one.dispatchEvent(new Event("fold")));
  }

  /** The first thing to press or fill in on the newest card that has one. */
  get newest() {
    return [...this.list.querySelectorAll(".card")]
      .reverse()
      .map((card) => reachable(card)[0])
      .find(Boolean);
  }

  /** Names of days follow the language; the marked words are translated with the phone. */
  translate() {
    this.arrange();
    for (const node of this.list.querySelectorAll(".state")) {
      node.setAttribute("aria-label", word(this.phone.language, node.dataset.state));
    }
  }

  /** Whether the person reads along; only scrolling up says no, for we scroll down ourselves. */
  watch() {
    const { scrollTop, scrollHeight, clientHeight } = this.node;
    if (scrollHeight - scrollTop - clientHeight < NEAR) {
      this.following = true;
      this.jump.hidden = true;
    } else if (scrollTop < this.top) this.following = false;
    this.top = scrollTop;
  }

  /** Show a new answer: its end, or its beginning when it is taller than the phone. */
  follow(event) {
    const node = this.items.get(`theirs ${event.ref}`)?.node;
    if (!node || event.edit || node.offsetHeight <= this.node.clientHeight) return this.end();
    this.node.scrollTop = node.offsetTop;
    this.following = false;
    this.jump.hidden = false;
    return undefined;
  }

  end(smooth = true) {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.following = true;
    this.jump.hidden = true;
    this.node.scrollTo({
      top: this.node.scrollHeight,
      behavior: smooth && !still ? "smooth" : "instant",
    });
  }
}
