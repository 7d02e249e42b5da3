/** What was typed and is not known to be safe yet; it outlives the page. */

const PREFIX = "salesbot.out.";
const DRAFT = "salesbot.draft.";
const memory = new Map(); // where the browser keeps nothing (private windows, full disk)

function store(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    memory.set(key, value);
  }
}

function drop(key) {
  memory.delete(key);
  try {
    localStorage.removeItem(key);
  } catch {
    // nothing was kept there
  }
}

function fetchKept(key) {
  try {
    return memory.get(key) ?? localStorage.getItem(key);
  } catch {
    return null;
  }
}

function keys() {
  try {
    return [...memory.keys(), ...Object.keys(localStorage)];
  } catch {
    return [...memory.keys()];
  }
}

let count = 0;

/** Keep one outgoing thing of one person. Each has a key of its own, so that two tabs do not collide. */
export function put(person, id, payload) {
  const order = `${Date.now()}.${String(count++).padStart(6, "0")}`;
  store(`${PREFIX}${person}.${order}.${id}`, JSON.stringify({ id, payload }));
}

/** Everything of one person that the server has not confirmed, in the order it was made. */
export function waiting(person) {
  return keys()
    .filter((key) => key.startsWith(`${PREFIX}${person}.`))
    .sort()
    .map((key) => JSON.parse(fetchKept(key)))
    .filter(Boolean);
}

/** Forget what the server has. */
export function done(person, id) {
  keys()
    .filter((key) => key.startsWith(`${PREFIX}${person}.`) && key.endsWith(`.${id}`))
    .forEach(drop);
}

/** Something half written, by a name of its own. */
export function draft(name) {
  return JSON.parse(fetchKept(DRAFT + name) ?? "null");
}

/** Keep something half written, or forget it when there is nothing left of it. */
export function keep(name, value) {
  if (value) store(DRAFT + name, JSON.stringify(value));
  else drop(DRAFT + name);
}
