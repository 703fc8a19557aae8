// Gives the summary of errors the focus, and the field the focus when its line is chosen.
import { Controller } from "../../stimulus/stimulus.js";

export default class extends Controller {
  connect() {
    this.element.focus();
  }
}
