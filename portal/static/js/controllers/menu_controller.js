// Folds the menu when Escape is pressed, when the focus leaves it, or when somebody clicks beside it.
import { Controller } from "../../stimulus/stimulus.js";

export default class extends Controller {
  connect() {
    this.onKey = (event) => event.key === "Escape" && this.fold(true);
    this.onPointer = (event) => !this.element.contains(event.target) && this.fold(false);
    this.onFocusOut = (event) => event.relatedTarget && !this.element.contains(event.relatedTarget) && this.fold(false);
    this.element.addEventListener("keydown", this.onKey);
    this.element.addEventListener("focusout", this.onFocusOut);
    document.addEventListener("pointerdown", this.onPointer);
  }

  disconnect() {
    this.element.removeEventListener("keydown", this.onKey);
    this.element.removeEventListener("focusout", this.onFocusOut);
    document.removeEventListener("pointerdown", this.onPointer);
  }

  fold(refocus) {
    if (!this.element.open || "unfoldWide" in this.element.dataset) return;
    this.element.open = false;
    if (refocus) this.element.querySelector("summary").focus();
  }
}
