/** The attach menu: photos, files, a place, a contact. */

import { h, icon, roam } from "./dom.js";
import { translate, word } from "./words.js";

const LARGEST = 10 * 1024 * 1024;
const PLACES = [
  ["上海 · 陆家嘴", 31.2397, 121.4998],
  ["北京 · 国贸", 39.9087, 116.4605],
  ["深圳 · 南山", 22.5333, 113.9304],
  ["London · City", 51.5136, -0.0981],
  ["Berlin · Mitte", 52.52, 13.405],
  ["San Francisco · SoMa", 37.7785, -122.3948],
];

export class Attachments {
  constructor(phone, composer) {
    this.phone = phone;
    this.composer = composer;
    this.staged = [];
    this.opener = h("button", {
      class: "round attach", type: "button", "data-label": "attach", "aria-haspopup": "menu", "aria-expanded": "false",
      onclick: () => (this.panel.hidden ? this.menu() : this.close(true)),
    }, icon("plus"));
    this.panel = h("div", { class: "panel", hidden: true });
    this.panel.addEventListener("keydown", (event) => this.key(event));
    this.chips = h("div", { class: "chips", hidden: true });
  }

  get ready() {
    return this.staged.filter(({ kept }) => kept);
  }

  get loading() {
    return this.staged.some(({ kept, wrong }) => !kept && !wrong);
  }

  /** The kept files, which now belong to a message. */
  take() {
    const files = this.ready.map(({ kept: { ref, name, mime } }) => ({ ref, name, mime }));
    this.staged = [];
    this.draw();
    return files;
  }

  key(event) {
    if (event.key === "Escape") this.close(true);
    const menu = this.panel.querySelector("[role=menu]");
    if (menu) roam(event, [...menu.children]);
    if (event.key === "Enter" && event.target.tagName === "INPUT") {
      event.preventDefault(); // the composer's form must not be sent
      this.panel.querySelector(".primary").click();
    }
  }

  open(...content) {
    this.panel.replaceChildren(...content);
    translate(this.panel, this.phone.language);
    this.panel.hidden = false;
    this.opener.setAttribute("aria-expanded", "true");
    this.panel.querySelector("button, input, select").focus();
  }

  close(back) {
    this.panel.hidden = true;
    this.opener.setAttribute("aria-expanded", "false");
    if (back) this.opener.focus();
  }

  menu() {
    const item = (kind, act) => h("button", { type: "button", role: "menuitem", onclick: act },
      h("span", { class: `disc ${kind}` }, icon(kind === "contact" ? "person" : kind === "location" ? "place" : kind)),
      h("span", { "data-word": kind }));
    this.open(h("div", { class: "kinds", role: "menu", "data-label": "attach" },
      item("photo", () => this.pick("image/*")),
      item("file", () => this.pick("")),
      item("location", () => this.place()),
      item("contact", () => this.contact())));
  }

  pick(accept) {
    const input = h("input", { type: "file", accept: accept || null, multiple: true });
    input.addEventListener("change", () => [...input.files].slice(0, 10).forEach((file) => this.stage(file)));
    this.close(true);
    input.click();
  }

  place() {
    const latitude = number("latitude", 90, PLACES[0][1]);
    const longitude = number("longitude", 180, PLACES[0][2]);
    const names = h("select", { "data-label": "location" }, PLACES.map(([name], at) => h("option", { value: String(at) }, name)));
    names.addEventListener("change", () => {
      [, latitude.field.value, longitude.field.value] = PLACES[names.value];
    });
    this.form("location", [names, h("div", { class: "pair" }, latitude.node, longitude.node)], () => {
      if (![latitude, longitude].every(({ field }) => field.reportValidity())) return null;
      return { location: { latitude: Number(latitude.field.value), longitude: Number(longitude.field.value) } };
    });
  }

  contact() {
    const name = labelled("name", h("input", { autocomplete: "off", required: true, maxlength: "200" }));
    const phone = labelled("phone", h("input", { type: "tel", autocomplete: "off", maxlength: "60" }));
    this.form("contact", [name.node, phone.node], () =>
      name.field.value.trim() && { contact: { name: name.field.value.trim(), phone: phone.field.value.trim() } });
  }

  form(title, parts, read) {
    const share = () => {
      const content = read();
      if (!content) return this.panel.querySelector(":invalid")?.focus();
      this.close();
      this.phone.say(content);
      return this.composer.field.focus();
    };
    this.open(h("div", { class: "little", role: "group", "data-label": title },
      h("h3", { "data-word": title }), parts,
      h("div", { class: "buttons" },
        h("button", { class: "act", type: "button", "data-word": "cancel", onclick: () => this.close(true) }),
        h("button", { class: "act primary", type: "button", "data-word": "share", onclick: share }))));
  }

  stage(file) {
    const staged = { file, wrong: file.size > LARGEST ? "toobig" : "" };
    this.staged.push(staged);
    if (staged.wrong) this.draw();
    else this.upload(staged);
  }

  async upload(staged) {
    staged.wrong = "";
    this.draw();
    try {
      const answer = await fetch(`/files?name=${encodeURIComponent(staged.file.name)}`, {
        method: "POST", body: staged.file, headers: { "Content-Type": staged.file.type || "application/octet-stream" },
      });
      if (answer.ok) staged.kept = await answer.json();
      else staged.wrong = answer.status === 413 ? "toobig" : "retry";
    } catch {
      staged.wrong = "retry";
    }
    this.draw();
  }

  retry() {
    this.staged.filter(({ wrong }) => wrong === "retry").forEach((staged) => this.upload(staged));
  }

  draw() {
    this.chips.replaceChildren(...this.staged.map((staged) => this.chip(staged)));
    this.chips.hidden = this.staged.length === 0;
    this.composer.ready();
  }

  chip(staged) {
    const language = this.phone.language;
    const condition = staged.wrong || (staged.kept ? "" : "uploading");
    const remove = () => {
      this.staged = this.staged.filter((one) => one !== staged);
      this.draw();
      this.composer.field.focus();
    };
    const name = h("span", { class: "name" }, staged.file.name);
    const again = staged.wrong === "retry" ? () => this.upload(staged) : null;
    const note = condition && h(again ? "button" : "span",
      { class: "size", type: again ? "button" : null, onclick: again }, word(language, condition));
    return h("span", { class: `chip ${staged.wrong ? "wrong" : condition}` }, name, note || null,
      h("button", { class: "remove", type: "button", "aria-label": `${word(language, "remove")} ${staged.file.name}`, onclick: remove },
        icon("close")));
  }
}

let fields = 0;

function labelled(key, field) {
  field.id = `little-${++fields}`;
  return { field, node: h("div", { class: "question" }, h("label", { for: field.id, "data-word": key }), field) };
}

function number(key, most, value) {
  return labelled(key, h("input", {
    type: "number", required: true, min: String(-most), max: String(most), step: "any", value: String(value),
  }));
}
