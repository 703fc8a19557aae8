// Offers completions under a search field, as the ARIA pattern of a combobox with a list describes it.
import { Controller } from "../../stimulus/stimulus.js";

export default class extends Controller {
  static targets = ["input"];
  static values = { url: String };

  connect() {
    const id = `${this.inputTarget.id}-liste`;
    const list = { id, ariaLabel: this.inputTarget.labels[0].textContent, className: "suggestions", role: "listbox", hidden: true };
    this.element.append((this.list = Object.assign(document.createElement("ul"), list)));
    Object.assign(this.inputTarget, { role: "combobox", ariaAutoComplete: "list", ariaExpanded: "false" });
    this.inputTarget.setAttribute("aria-controls", id);
    for (const type of ["input", "keydown", "focusout", "pointerdown"]) this.element.addEventListener(type, this);
  }

  disconnect() { clearTimeout(this.timer); this.list.remove(); }

  handleEvent(event) {
    clearTimeout(this.timer);
    if (event.type === "input") this.timer = setTimeout(() => this.ask(), 150);
    else if (event.type === "focusout" || event.key === "Escape") this.show(false, event);
    else if (event.type === "pointerdown") this.choose(event, event.target.closest("[role=option]"));
    else if (event.key === "Enter") this.choose(event, this.active);
    else if (event.key === "ArrowDown") this.move(event, 1);
    else if (event.key === "ArrowUp") this.move(event, this.active ? -1 : 0);
  }

  async ask() {
    const typed = this.inputTarget.value;
    const response = await fetch(`${this.urlValue}?${new URLSearchParams({ q: typed, liste: this.list.id })}`);
    if (response.ok && typed === this.inputTarget.value) this.list.innerHTML = await response.text();
    this.show(this.list.children.length > 0 && document.activeElement === this.inputTarget);
  }

  move(event, step) {
    if (this.list.hidden) return;
    event.preventDefault();
    const options = [...this.list.children];
    this.active = options.at((options.indexOf(this.active) + step) % options.length);
    for (const option of options) option.ariaSelected = String(option === this.active);
    this.inputTarget.setAttribute("aria-activedescendant", this.active.id);
  }

  choose(event, option) {
    if (!option) return;
    event.preventDefault();
    this.inputTarget.value = option.dataset.text;
    if (option.dataset.url) location.assign(option.dataset.url);
    else this.inputTarget.form.requestSubmit();
  }

  show(open, event) {
    if (!this.list.hidden) event?.preventDefault();
    this.list.hidden = !open;
    this.active = undefined;
    this.inputTarget.ariaExpanded = String(open);
    this.inputTarget.removeAttribute("aria-activedescendant");
  }
}
