/** Files on their way up, before the message that they will belong to is sent. */

import { h, icon } from "./dom.js";
import { word } from "./words.js";

const LARGEST = 10 * 1024 * 1024;

/** Why a file need not even be tried. */
function unfit({ size }) {
  if (size === 0) return "nothing";
  return size > LARGEST ? "toobig" : "";
}

export class Uploads {
  constructor(phone, composer) {
    this.phone = phone;
    this.composer = composer;
    this.staged = [];
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
    this.staged = this.staged.filter(({ kept }) => !kept); // what failed can still be tried again
    this.draw();
    return files;
  }

  stage(file) {
    const staged = { file, wrong: unfit(file) };
    this.staged.push(staged);
    if (staged.wrong) this.draw();
    else this.upload(staged);
  }

  async upload(staged) {
    staged.wrong = "";
    this.draw();
    try {
      const answer = await fetch(`/files?name=${encodeURIComponent(staged.file.name)}`, {
        method: "POST",
        body: staged.file,
        headers: { "Content-Type": staged.file.type || "application/octet-stream" },
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
    const note =
      condition &&
      h(
        again ? "button" : "span",
        { class: "size", type: again ? "button" : null, onclick: again },
        word(language, condition),
      );
    return h(
      "span",
      { class: `chip ${staged.wrong ? "wrong" : condition}` },
      name,
      note || null,
      h(
        "button",
        {
          class: "remove",
          type: "button",
          "aria-label": `${word(language, "remove")} ${staged.file.name}`,
          onclick: remove,
        },
        icon("close"),
      ),
    );
  }
}
