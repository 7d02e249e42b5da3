/**
 * A form shown whole, in its card. What was typed into it survives until it is sent, and a
 * cancelled one stays folded.
 */

import { h } from "./dom.js";
import * as outbox from "./outbox.js";
import { translate, word } from "./words.js";

let sheets = 0;

export function sheet(block, phone) {
  const name = `sheet.${phone.person}.${block.token}`;
  const typed = outbox.draft(name) ?? {};
  const id = `sheet-${++sheets}`;
  const questions = block.inputs.map((input, at) =>
    question(input, typed[input.name], `${id}-${at}`, phone.language),
  );
  const submit = h("button", { class: "act primary", type: "submit" }, block.submit);
  const cancel = h("button", { class: "act quiet", type: "button", "data-word": "cancel" });
  const again = h("button", { class: "act quiet", type: "button", "data-word": "again" });
  const open = h(
    "div",
    { class: "open" },
    questions.map(({ node }) => node),
    h("div", { class: "buttons" }, cancel, submit),
  );
  const form = h(
    "form",
    { class: "sheet", novalidate: true, "aria-labelledby": id },
    h("h3", { id }, block.title),
    open,
    again,
  );
  const fold = (folded) => {
    outbox.keep(`${name}.folded`, folded);
    open.hidden = folded;
    again.hidden = !folded;
  };
  fold(outbox.draft(`${name}.folded`) ?? false);
  form.addEventListener("fold", () => fold(true));
  cancel.addEventListener("click", () => {
    fold(true);
    again.focus();
  });
  again.addEventListener("click", () => {
    fold(false);
    questions[0]?.field.focus();
  });
  const answers = () => Object.fromEntries(questions.map((one) => [one.name, one.field.value]));
  form.addEventListener("input", () => outbox.keep(name, answers()));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const missing = questions.filter((one) => one.check(phone.language));
    if (missing.length) return missing[0].field.focus();
    outbox.keep(name, null);
    return phone.submit(block.token, answers(), submit);
  });
  return form;
}

/** One question: its label, its field, a hint, and what was wrong with the last answer. */
function question(input, typed, id, language) {
  const field = h(input.options.length ? "select" : input.multiline ? "textarea" : "input", {
    id,
    name: input.name,
    required: input.required,
    autocomplete: "off",
    maxlength: input.options.length ? null : "4000",
    rows: input.multiline ? "3" : null,
    placeholder: input.hint && `${word(language, "example")} ${input.hint}`,
  });
  if (input.options.length) field.append(...options(input));
  field.value = typed ?? input.value;
  // seen in the field alone, so that it is never taken for an answer; read out with the field
  const hint = h("p", { id: `${id}-hint`, hidden: true }, input.hint);
  const error = h("p", { class: "error", id: `${id}-error`, hidden: !input.error }, input.error);
  describe(field, input, id, Boolean(input.error));
  field.addEventListener("input", () => {
    error.hidden = true;
    describe(field, input, id, false);
  });
  const check = (spoken) => {
    if (!input.required || field.value.trim()) return false;
    error.dataset.word = "missing";
    error.hidden = false;
    translate(error.parentElement, spoken);
    describe(field, input, id, true);
    return true;
  };
  const mark = input.required ? h("span", { class: "mark", "aria-hidden": "true" }, "*") : null;
  const node = h(
    "div",
    { class: "question" },
    h("label", { for: id }, input.label, mark),
    field,
    error,
    input.hint ? hint : null,
  );
  return { name: input.name, field, node, check };
}

function describe(field, input, id, wrong) {
  const by = [wrong && `${id}-error`, input.hint && `${id}-hint`].filter(Boolean).join(" ");
  if (by) field.setAttribute("aria-describedby", by);
  else field.removeAttribute("aria-describedby");
  field.setAttribute("aria-invalid", String(wrong));
}

function options(input) {
  const none = input.required && input.options.some(([, value]) => value === input.value);
  const blank = h("option", { value: "", "data-word": input.required ? "choose" : "none" });
  const rest = input.options.map(([label, value]) => h("option", { value }, label));
  return none ? rest : [blank, ...rest];
}
