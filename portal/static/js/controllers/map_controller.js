// Shows the sketch beside the list where there is room, and the numbers in the list that belong to it.
import { Controller } from "../../stimulus/stimulus.js";

export default class extends Controller {
  connect() {
    this.media = window.matchMedia("(min-width: 78rem)");
    this.numbers = document.querySelectorAll("[data-map-target=number]");
    this.adapt = () => {
      for (const element of [this.element, ...this.numbers]) element.hidden = !this.media.matches;
    };
    this.media.addEventListener("change", this.adapt);
    this.adapt();
  }

  disconnect() {
    this.media.removeEventListener("change", this.adapt);
  }
}
