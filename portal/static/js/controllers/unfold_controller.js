// Keeps a details element open where there is room for it beside the text, and folds it below that width.
import { Controller } from "../../stimulus/stimulus.js";

export default class extends Controller {
  connect() {
    this.media = window.matchMedia("(min-width: 64rem)");
    this.adapt = () => {
      this.element.open = this.media.matches;
      this.element.toggleAttribute("data-unfold-wide", this.media.matches);
    };
    this.media.addEventListener("change", this.adapt);
    if (this.media.matches) this.adapt();
  }

  disconnect() {
    this.media.removeEventListener("change", this.adapt);
  }
}
