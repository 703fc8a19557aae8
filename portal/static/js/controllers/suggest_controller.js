// Offers completions under a search field, as the ARIA pattern of a combobox with a list describes it.
import { Controller } from "../../stimulus/stimulus.js";

export default class extends Controller {
  static targets = ["input"];
  static values = { url: String };

  connect() {
    const list = { id: `${this.inputTarget.id}-liste`, ariaLabel: this.inputTarget.labels[0].textContent, className: "suggestions", role: "listbox", hidden: true };
    this.element.append((this.list = Object.assign(document.createElement("ul"), list)));
    this.element.append((this.status = Object.assign(document.createElement("p"), { className: "visually-hidden", role: "status" })));
    Object.assign(this.inputTarget, { role: "combobox", ariaAutoComplete: "list", ariaExpanded: "false" }).setAttribute("aria-controls", list.id);
    for (const type of ["input", "keydown", "focusout", "pointerdown", "click"]) this.element.addEventListener(type, this);
  }

  disconnect() { clearTimeout(this.timer); this.list.remove(); this.status.remove(); }

  handleEvent(event) {
    const option = event.target.closest("[role=option]"), step = { ArrowDown: 1, ArrowUp: this.active ? -1 : 0 }[event.key];
    if (event.type === "click" || event.key === "Enter") this.choose(event, option ?? (event.key && this.active));
    else if (event.type === "pointerdown") option && event.preventDefault(); // The focus stays in the field.
    else if (event.type === "input") { this.activate(); clearTimeout(this.timer); this.timer = setTimeout(() => this.ask(), 150); }
    else if (event.type === "focusout" || event.key === "Escape") this.show(false, event);
    else if (step !== undefined && !this.list.hidden) this.move(event, step);
  }

  async ask() {
    const typed = this.inputTarget.value, answer = document.createElement("template");
    answer.innerHTML = await fetch(`${this.urlValue}?${new URLSearchParams({ q: typed, liste: this.list.id })}`).then((response) => (response.ok ? response.text() : "")).catch(() => "");
    if (typed !== this.inputTarget.value) return; // A later question is on its way.
    this.list.replaceChildren(...answer.content.querySelectorAll("[role=option]"));
    this.show(this.list.children.length > 0 && document.activeElement === this.inputTarget);
    if (!this.list.hidden) this.status.textContent = answer.content.querySelector("[data-count]").textContent;
  }

  move(event, step) {
    event.preventDefault();
    const options = [...this.list.children], next = options.indexOf(this.active) + step;
    this.activate(options.at(next % options.length));
  }

  activate(active) {
    this.active = active;
    for (const option of this.list.children) option.ariaSelected = String(option === active);
    this.inputTarget[active ? "setAttribute" : "removeAttribute"]("aria-activedescendant", active?.id);
  }

  choose(event, option) {
    if (option) event.preventDefault(); else return;
    this.inputTarget.value = option.dataset.text;
    option.dataset.url ? location.assign(option.dataset.url) : this.inputTarget.form.requestSubmit();
  }

  show(open, event) {
    if (event?.key && !this.list.hidden) event.preventDefault();
    clearTimeout(this.timer);
    [this.list.hidden, this.status.textContent, this.inputTarget.ariaExpanded] = [!open, "", String(open)];
    this.activate();
  }
}
