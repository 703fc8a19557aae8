// Marks in the table of contents the section that is being read.
import { Controller } from "../../stimulus/stimulus.js";

export default class extends Controller {
  static targets = ["link"];

  connect() {
    this.sections = this.linkTargets.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
    this.observer = new IntersectionObserver(() => this.mark(), { rootMargin: "-20% 0px -70% 0px" });
    this.sections.filter(Boolean).forEach((section) => this.observer.observe(section));
  }

  disconnect() {
    this.observer.disconnect();
  }

  mark() {
    const line = window.innerHeight * 0.3;
    const read = this.sections.findLastIndex((section) => section && section.getBoundingClientRect().top <= line);
    this.linkTargets.forEach((link, index) => {
      if (index === read) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
  }
}
