// Shows each footnote a second time in the margin, beside its first mark, where the page is wide enough.
// The copies are hidden from assistive technology and cannot be operated: the notes at the foot stay the real ones.
import { Controller } from "../../stimulus/stimulus.js";

const GAP = 12;

export default class extends Controller {
  static targets = ["note", "text"];

  connect() {
    this.copies = this.noteTargets.map((note) => this.copyOf(note)).filter(Boolean);
    this.observer = new ResizeObserver(() => this.place());
    this.observer.observe(this.textTarget);
    this.textTarget.classList.add("has-sidenotes");
  }

  disconnect() {
    this.observer.disconnect();
    this.copies.forEach(({ copy }) => copy.remove());
    this.textTarget.classList.remove("has-sidenotes");
  }

  copyOf(note) {
    const mark = document.getElementById(note.dataset.marks.split(" ")[0]);
    if (!mark) return null;
    const copy = document.createElement("div");
    copy.className = "sidenote";
    copy.setAttribute("aria-hidden", "true");
    const number = document.createElement("span");
    number.className = "sidenote__number";
    number.textContent = `${mark.textContent} `;
    copy.append(number, note.querySelector(".footnotes__body").textContent.replace(/\s+/g, " ").trim());
    this.textTarget.append(copy);
    return { mark, copy };
  }

  place() {
    const top = this.textTarget.getBoundingClientRect().top;
    let free = 0;
    for (const { mark, copy } of this.copies) {
      const wanted = mark.getBoundingClientRect().top - top - 4;
      const at = Math.max(wanted, free);
      copy.style.setProperty("inset-block-start", `${at}px`);
      free = at + copy.offsetHeight + GAP;
    }
  }
}
