/** The wire of one phone: reconnects by itself and sends again what was not confirmed. */

import * as outbox from "./outbox.js";

const SHORTEST = 400;
const LONGEST = 8000;
const SILENCE = 6000; // a network that vanished closes no socket

export class Link {
  /** `on.event` gets what the server says, `on.state` whether we are connected. */
  constructor(person, on) {
    this.person = person;
    this.on = on;
    this.pause = SHORTEST;
    this.hurry = () => this.timer && this.connect();
    window.addEventListener("online", this.hurry);
    document.addEventListener("visibilitychange", this.hurry);
    this.connect();
  }

  connect() {
    clearTimeout(this.timer);
    this.timer = null;
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(`${scheme}//${location.host}/ws?person=${this.person}`);
    this.socket = socket;
    socket.addEventListener("message", ({ data }) => this.receive(JSON.parse(data)));
    socket.addEventListener("close", () => socket === this.socket && this.retry());
  }

  receive(event) {
    if (event.type === "hello") {
      this.pause = SHORTEST;
      this.on.state(true);
    }
    if (event.type === "committed" || event.type === "refused") {
      outbox.done(this.person, event.id);
      clearTimeout(this.doubt);
    }
    this.on.event(event);
    if (event.type === "history") outbox.waiting(this.person).forEach((out) => this.transmit(out));
  }

  /** Say or do something; it is kept until the server has it. */
  send(payload) {
    const id = identifier();
    outbox.put(this.person, id, payload);
    this.transmit({ id, payload });
    return id;
  }

  transmit(out) {
    if (this.socket?.readyState !== WebSocket.OPEN) return;
    this.socket.send(JSON.stringify(out));
    clearTimeout(this.doubt);
    this.doubt = setTimeout(() => this.abandon(), SILENCE);
  }

  abandon() {
    const socket = this.socket;
    this.socket = null;
    socket?.close();
    this.retry();
  }

  retry() {
    clearTimeout(this.doubt);
    clearTimeout(this.timer);
    this.on.state(false);
    this.timer = setTimeout(() => this.connect(), this.pause * (0.75 + Math.random() / 2));
    this.pause = Math.min(this.pause * 2, LONGEST);
  }

  close() {
    const socket = this.socket;
    this.socket = null;
    clearTimeout(this.timer);
    clearTimeout(this.doubt);
    this.timer = null;
    window.removeEventListener("online", this.hurry);
    document.removeEventListener("visibilitychange", this.hurry);
    socket?.close();
  }
}

/** A random UUID; `crypto.randomUUID` is missing on pages served without TLS to another machine. */
function identifier() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
