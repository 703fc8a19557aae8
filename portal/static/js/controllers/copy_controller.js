// Copies the text of its source to the clipboard and says so; without a clipboard the button stays hidden.
import { Controller } from "../../stimulus/stimulus.js";

export default class extends Controller {
  static targets = ["button", "source", "status"];

  connect() {
    this.buttonTarget.hidden = !navigator.clipboard;
  }

  async copy() {
    const { copyDone, copyFailed } = this.buttonTarget.dataset;
    try {
      await navigator.clipboard.writeText(this.sourceTarget.textContent.trim());
      this.statusTarget.textContent = copyDone;
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      this.statusTarget.textContent = copyFailed;
    }
  }
}
