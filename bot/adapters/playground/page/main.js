/** Three phones side by side; on a small screen one at a time, behind tabs. */

import { h } from "./dom.js";
import { Phone } from "./phone.js";
import { spoken, translate, word } from "./words.js";

const CHOSEN = "salesbot.people";
const ROLES = ["rep", "manager", "hq"];

const language = spoken(navigator.language);
const stage = document.querySelector(".stage");
const tablist = document.querySelector(".tabs");
const phones = [];
const tabs = [];

/** Whose phones to open: as the address or the last visit says, else a rep, their manager and HQ. */
function cast(people) {
  const asked = new URLSearchParams(location.search).get("people") ?? remembered();
  const known = asked.split(",").filter((id) => people.some((one) => one.id === id));
  if (known.length === ROLES.length) return known;
  const managers = people.filter(({ role }) => role === "manager");
  const pairs = people
    .filter(({ role }) => role === "rep")
    .map((rep) => [rep, above(rep, managers)]);
  const [rep, manager] = pairs.find(([, boss]) => boss) ?? [people[0], managers[0]];
  const hq = people.find(({ role }) => role === "hq");
  return [rep, manager ?? people[1], hq ?? people[2]].map((one) => (one ?? people[0]).id);
}

function above(rep, managers) {
  const over = managers.filter(({ path }) => rep.path.startsWith(path));
  return over.sort((a, b) => b.path.length - a.path.length)[0];
}

function remembered() {
  try {
    return localStorage.getItem(CHOSEN) ?? "";
  } catch {
    return "";
  }
}

function remember() {
  try {
    localStorage.setItem(CHOSEN, phones.map(({ person }) => person).join(","));
  } catch {
    // then it is forgotten
  }
}

function open(at) {
  phones.forEach(({ node }, index) => node.classList.toggle("shown", index === at));
  tabs.forEach((tab, index) => {
    tab.setAttribute("aria-selected", String(index === at));
    tab.tabIndex = index === at ? 0 : -1;
  });
  tabs[at].classList.remove("news");
  phones[at].log.end(false);
}

function tab(at) {
  const node = h(
    "button",
    {
      class: "tab",
      type: "button",
      role: "tab",
      "aria-controls": `phone-${at}`,
      onclick: () => open(at),
    },
    h("span", { class: "name" }),
    h("span", { class: "role" }),
  );
  node.addEventListener("keydown", ({ key }) => {
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1 }[key];
    if (to === undefined) return;
    const next = (to + phones.length) % phones.length;
    open(next);
    tabs[next].focus();
  });
  return node;
}

function label(phone, at) {
  const [name, role] = tabs[at].children;
  name.textContent = phone.who.name;
  role.textContent = word(phone.language, phone.who.role);
  if (phones.length === ROLES.length) remember();
}

function news(at) {
  if (!phones[at]?.node.classList.contains("shown")) tabs[at].classList.add("news");
}

async function start() {
  translate(document.documentElement, language);
  document.querySelector(".viewer").dataset.language = language;
  const people = await (await fetch("/people")).json();
  if (people.length === 0) {
    stage.replaceWith(h("p", { class: "alone" }, word(language, "nobody")));
    return;
  }
  cast(people).forEach((person, at) => {
    tabs.push(tab(at));
    const phone = new Phone(
      people.map((one) => ({ ...one })),
      person,
      {
        person: (changed) => label(changed, at),
        news: () => news(at),
      },
    );
    phone.node.id = `phone-${at}`;
    phones.push(phone);
  });
  tablist.append(...tabs);
  stage.append(...phones.map(({ node }) => node));
  open(0);
}

start();
