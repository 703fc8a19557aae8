// Shows the print button, which is no use without JavaScript.
import { Controller } from "../../stimulus/stimulus.js";

export default class extends Controller {
  connect() {
    this.element.hidden = false;
  }

  print() {
    window.print();
  }
}
