/** One phone: whose it is, its language, its conversation and its wire. */

import { Composer } from "./composer.js";
import { h, icon } from "./dom.js";
import { Link } from "./link.js";
import { Log } from "./log.js";
import * as outbox from "./outbox.js";
import { spoken, translate, word } from "./words.js";

const LANGUAGES = [
  ["en", "EN", "English"],
  ["zh", "中文", "中文"],
];
const SWITCH = /^\/settings\s+language:(en|zh)\b/;
const CANCEL = /^([/／]cancel|[/／]?取消|cancel)$/i;
const ANSWER = 8000; // how long a pressed button waits for its answer before it can be pressed again

export class Phone {
  /** `people` are all whose phone this may be; `on` hears of switches and of news. */
  constructor(people, person, on) {
    this.people = people;
    this.on = on;
    this.cards = new WeakMap(); // which message a card is
    this.busy = new Map();
    this.build();
    this.become(person);
  }

  build() {
    this.name = h("span", { class: "name" });
    this.about = h("span", { class: "role" });
    this.avatar = h("span", { class: "avatar", "aria-hidden": "true" });
    this.select = h("select", {
      "data-label": "whose",
      onchange: () => this.become(this.select.value),
    });
    this.languages = LANGUAGES.map(([code, label, title]) =>
      h("button", { type: "button", title, lang: code, onclick: () => this.choose(code) }, label),
    );
    this.note = h("p", { class: "note", role: "status", hidden: true });
    this.body = h("div", { class: "body" });
    this.node = h(
      "section",
      { class: "phone" },
      h(
        "div",
        { class: "screen" },
        h(
          "header",
          { class: "bar" },
          h(
            "div",
            { class: "who" },
            this.avatar,
            h(
              "span",
              { class: "about" },
              h("span", { class: "line" }, this.name, icon("chevron")),
              this.about,
            ),
            this.select,
          ),
          h("div", { class: "languages", role: "group", "data-label": "language" }, this.languages),
        ),
        this.note,
        this.body,
      ),
    );
  }

  /** Give the phone to somebody else. */
  become(id) {
    this.link?.close();
    this.person = id;
    this.who = this.people.find((one) => one.id === id);
    this.language = spoken(this.who.language);
    this.log = new Log(this);
    this.composer = new Composer(this);
    // the composer stands last, but the keyboard reaches it first: the log may be long
    this.body.replaceChildren(this.composer.node, this.log.node, this.log.jump);
    this.speak(this.language);
    for (const { id: key, payload } of outbox.waiting(id)) {
      if (payload.kind === "message") this.log.add({ type: "mine", id: key, payload });
    }
    this.link = new Link(id, {
      event: (event) => this.hear(event),
      state: (up) => this.connected(up),
    });
    this.on.person(this);
  }

  /** Change the language of everything around the conversation. */
  speak(language) {
    this.language = language;
    this.who.language = language;
    this.name.textContent = this.who.name;
    this.about.textContent = `${word(language, this.who.role)} · ${this.who.unit}`;
    this.avatar.textContent = initials(this.who.name);
    this.avatar.style.setProperty("--hue", String((Number(this.person) * 67) % 360));
    this.select.replaceChildren(...this.choices());
    this.select.value = this.person;
    this.languages.forEach((node) =>
      node.setAttribute("aria-pressed", String(node.lang === language)),
    );
    if (!this.note.hidden) this.admit();
    this.composer.speak();
    translate(this.node, language);
    LANGUAGES.forEach(([code], at) => {
      this.languages[at].lang = code;
    });
    this.node.setAttribute("aria-label", `${this.who.name}, ${this.about.textContent}`);
    this.log.translate();
    this.on.person(this);
  }

  choices() {
    const units = Map.groupBy ? Map.groupBy(this.people, (one) => one.unit) : grouped(this.people);
    return [...units].map(([unit, members]) =>
      h(
        "optgroup",
        { label: unit },
        members.map((one) =>
          h("option", { value: one.id }, `${one.name} · ${word(this.language, one.role)}`),
        ),
      ),
    );
  }

  choose(language) {
    if (language !== this.language) this.say({ text: `/settings language:${language}` });
  }

  connected(up) {
    clearTimeout(this.worry);
    if (up) this.note.hidden = true;
    else this.worry = setTimeout(() => this.admit(), 300);
    this.composer.connected(up);
  }

  admit() {
    this.note.hidden = false;
    this.note.textContent = word(this.language, "reconnecting");
  }

  hear(event) {
    if (event.type === "hello") this.greet(event);
    if (event.type === "history") this.log.history(event.messages);
    if (event.type === "typing") this.log.typing(true);
    if (event.type === "message") this.answered(event);
    if (event.type === "committed") this.committed(event);
    if (event.type === "refused") {
      this.log.refuse(event.id);
      this.release(event.id);
    }
  }

  greet(event) {
    this.commands = event.commands;
    const language = spoken(event.language);
    if (language !== this.language && outbox.waiting(this.person).length === 0)
      this.speak(language);
    this.composer.greet();
  }

  answered(event) {
    this.log.typing(false);
    this.log.add(event);
    [...this.busy.keys()].forEach((id) => this.release(id));
    this.on.news(this);
  }

  committed(event) {
    if (event.payload) this.log.add({ ...event, type: "mine" });
    if (this.busy.has(event.id)) setTimeout(() => this.release(event.id), ANSWER);
  }

  /** Say something: words, and what is attached. */
  say(content) {
    const payload = { kind: "message", at: new Date().toISOString(), text: "", ...content };
    const id = this.link.send(payload);
    this.log.add({ type: "mine", id, payload });
    if (CANCEL.test(payload.text)) this.log.fold();
    const language = SWITCH.exec(payload.text)?.[1];
    if (language) this.speak(language);
  }

  press(token, node) {
    this.act(node, { kind: "press", token });
  }

  submit(token, answers, node) {
    this.act(node, { kind: "submission", token, answers });
  }

  /** Do what a button does; it shows that it was pressed until the answer is there. */
  act(node, content) {
    if (node.getAttribute("aria-busy") === "true") return;
    const card = this.cards.get(node.closest(".card"));
    const id = this.link.send({ ...content, at: new Date().toISOString(), card });
    node.setAttribute("aria-busy", "true");
    this.busy.set(id, node);
  }

  release(id) {
    this.busy.get(id)?.removeAttribute("aria-busy");
    this.busy.delete(id);
  }
}

function initials(name) {
  if (/\p{Script=Han}/u.test(name)) return name.slice(-2);
  return name
    .split(/\s+/)
    .map((part) => part[0])
    .slice(0, 2)
    .join("")
    .toUpperCase();
}

function grouped(people) {
  const units = new Map();
  for (const one of people) units.set(one.unit, [...(units.get(one.unit) ?? []), one]);
  return units;
}
