/** The attach menu: photos, files, a place, a contact. */

import { h, icon, roam } from "./dom.js";
import { translate } from "./words.js";

const PLACES = [
  ["上海 · 陆家嘴", 31.2397, 121.4998],
  ["北京 · 国贸", 39.9087, 116.4605],
  ["深圳 · 南山", 22.5333, 113.9304],
  ["London · City", 51.5136, -0.0981],
  ["Berlin · Mitte", 52.52, 13.405],
  ["San Francisco · SoMa", 37.7785, -122.3948],
];

/** How exactly a phone knows where it is, in metres; a place picked on a map has none. */
const ACCURACY = 15;

export class Attachments {
  constructor(phone, composer, uploads) {
    this.phone = phone;
    this.composer = composer;
    this.uploads = uploads;
    this.opener = h(
      "button",
      {
        class: "round attach",
        type: "button",
        "data-label": "attach",
        "aria-haspopup": "menu",
        "aria-expanded": "false",
        onclick: () => (this.panel.hidden ? this.menu() : this.close(true)),
      },
      icon("plus"),
    );
    this.panel = h("div", { class: "panel", hidden: true });
    this.panel.addEventListener("keydown", (event) => this.key(event));
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
    const item = (kind, act) =>
      h(
        "button",
        { type: "button", role: "menuitem", onclick: act },
        h(
          "span",
          { class: `disc ${kind}` },
          icon(kind === "contact" ? "person" : kind === "location" ? "place" : kind),
        ),
        h("span", { "data-word": kind }),
      );
    this.open(
      h(
        "div",
        { class: "kinds", role: "menu", "data-label": "attach" },
        item("photo", () => this.pick("image/*")),
        item("file", () => this.pick("")),
        item("location", () => this.place()),
        item("contact", () => this.contact()),
      ),
    );
  }

  pick(accept) {
    const input = h("input", { type: "file", accept: accept || null, multiple: true });
    input.addEventListener("change", () =>
      [...input.files].slice(0, 10).forEach((file) => this.uploads.stage(file)),
    );
    this.close(true);
    input.click();
  }

  place() {
    const latitude = number("latitude", 90, PLACES[0][1]);
    const longitude = number("longitude", 180, PLACES[0][2]);
    const names = h(
      "select",
      { "data-label": "location" },
      PLACES.map(([name], at) => h("option", { value: String(at) }, name)),
    );
    names.addEventListener("change", () => {
      [, latitude.field.value, longitude.field.value] = PLACES[names.value];
    });
    const measured = h("input", { type: "checkbox", checked: true });
    const how = h("label", { class: "tick" }, measured, h("span", { "data-word": "measured" }));
    this.form(
      "location",
      [names, h("div", { class: "pair" }, latitude.node, longitude.node), how],
      () => {
        if (![latitude, longitude].every(({ field }) => field.reportValidity())) return null;
        return {
          location: {
            latitude: Number(latitude.field.value),
            longitude: Number(longitude.field.value),
            ...(measured.checked ? { accuracy: ACCURACY } : {}),
          },
        };
      },
    );
  }

  contact() {
    const name = labelled(
      "name",
      h("input", { autocomplete: "off", required: true, maxlength: "200" }),
    );
    const phone = labelled(
      "phone",
      h("input", { type: "tel", autocomplete: "off", maxlength: "60" }),
    );
    this.form(
      "contact",
      [name.node, phone.node],
      () =>
        name.field.value.trim() && {
          contact: { name: name.field.value.trim(), phone: phone.field.value.trim() },
        },
    );
  }

  form(title, parts, read) {
    const share = () => {
      const content = read();
      if (!content) return this.panel.querySelector(":invalid")?.focus();
      this.close();
      this.phone.say(content);
      return this.composer.field.focus();
    };
    this.open(
      h(
        "div",
        { class: "little", role: "group", "data-label": title },
        h("h3", { "data-word": title }),
        parts,
        h(
          "div",
          { class: "buttons" },
          h("button", {
            class: "act",
            type: "button",
            "data-word": "cancel",
            onclick: () => this.close(true),
          }),
          h("button", {
            class: "act primary",
            type: "button",
            "data-word": "share",
            onclick: share,
          }),
        ),
      ),
    );
  }
}

let fields = 0;

function labelled(key, field) {
  field.id = `little-${++fields}`;
  return {
    field,
    node: h("div", { class: "question" }, h("label", { for: field.id, "data-word": key }), field),
  };
}

function number(key, most, value) {
  return labelled(
    key,
    h("input", {
      type: "number",
      required: true,
      min: String(-most),
      max: String(most),
      step: "any",
      value: String(value),
    }),
  );
}
