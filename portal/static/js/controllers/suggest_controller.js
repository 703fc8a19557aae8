// Offers completions under a search field, as the ARIA pattern of a combobox with a list describes it.
import { Controller } from "../../stimulus/stimulus.js";

export default class extends Controller {
  static targets = ["input"];
  static values = { url: String };

  connect() {
    const id = `${this.inputTarget.id}-liste`;
    this.list = Object.assign(document.createElement("ul"), { id, className: "suggestions", role: "listbox", hidden: true });
    this.list.ariaLabel = this.inputTarget.labels[0].textContent;
    this.element.append(this.list);
    const combobox = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id };
    for (const [name, value] of Object.entries(combobox)) this.inputTarget.setAttribute(name, value);
    for (const type of ["input", "keydown", "focusout", "pointerdown"]) this.element.addEventListener(type, this);
  }

  disconnect() {
    clearTimeout(this.timer);
    this.list.remove();
  }

  handleEvent(event) {
    clearTimeout(this.timer);
    if (event.type === "input") this.timer = setTimeout(() => this.ask(), 150);
    else if (event.type === "focusout" || event.key === "Escape") this.show(false);
    else if (event.type === "pointerdown") this.choose(event, event.target.closest("[role=option]"));
    else if (event.key === "Enter") this.choose(event, this.active);
    else if (event.key === "ArrowDown") this.move(event, 1);
    else if (event.key === "ArrowUp") this.move(event, this.active ? -1 : 0);
  }

  async ask() {
    const typed = this.inputTarget.value;
    const response = await fetch(`${this.urlValue}?${new URLSearchParams({ q: typed, liste: this.list.id })}`);
    if (!response.ok || typed !== this.inputTarget.value) return;
    this.list.innerHTML = await response.text();
    this.show(this.list.children.length > 0 && document.activeElement === this.inputTarget);
  }

  move(event, step) {
    const options = [...this.list.children];
    if (this.list.hidden) return;
    event.preventDefault();
    this.active?.setAttribute("aria-selected", "false");
    this.active = options.at((options.indexOf(this.active) + step) % options.length);
    this.active.setAttribute("aria-selected", "true");
    this.inputTarget.setAttribute("aria-activedescendant", this.active.id);
  }

  choose(event, option) {
    if (!option) return;
    event.preventDefault();
    if (option.dataset.url) return location.assign(option.dataset.url);
    this.inputTarget.value = option.dataset.text;
    this.inputTarget.form.requestSubmit();
  }

  show(open) {
    this.list.hidden = !open;
    this.active = undefined;
    this.inputTarget.setAttribute("aria-expanded", String(open));
    this.inputTarget.removeAttribute("aria-activedescendant");
  }
}
