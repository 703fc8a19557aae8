// Tells the portal that a hit was opened: which one, and once a page after which question. Nothing is remembered.
import { Controller } from "../../stimulus/stimulus.js";

const answered = new Set();

export default class extends Controller {
  static values = { url: String, question: String };

  connect() {
    this.tell = (event) => this.opened(event);
    // The middle button opens a tab of its own and sends another event.
    for (const type of ["click", "auxclick"]) this.element.addEventListener(type, this.tell);
  }

  disconnect() {
    for (const type of ["click", "auxclick"]) this.element.removeEventListener(type, this.tell);
  }

  opened(event) {
    const hit = event.target.closest("a[href]")?.closest("[data-hit]")?.dataset.hit;
    if (!hit || event.button > 1) return;
    const separator = hit.indexOf(":");
    const told = new URLSearchParams({ art: hit.slice(0, separator), nummer: hit.slice(separator + 1) });
    if (!answered.has(this.questionValue)) told.set("q", this.questionValue);
    answered.add(this.questionValue);
    navigator.sendBeacon(this.urlValue, told);
  }
}
