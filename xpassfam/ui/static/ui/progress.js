// <xp-progress data-url>: how far something long is. When it ends, the page says so and offers to look; it never jumps.
const EVERY = 1500;

class Progress extends HTMLElement {
  connectedCallback() {
    this.timer = setInterval(() => this.ask(), EVERY);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  async ask() {
    if (document.hidden) return;
    try {
      const answer = await fetch(this.dataset.url, { headers: { Accept: "application/json" }, cache: "no-store" });
      if (answer.status >= 400 && answer.status < 500) return this.disconnectedCallback();
      if (answer.ok) this.show(await answer.json());
    } catch {
      // The next one may get through.
    }
  }

  show({ done, percent }) {
    this.querySelector("progress").value = percent;
    this.querySelector("[data-percent]").textContent = percent;
    if (!done) return;
    this.disconnectedCallback();
    this.querySelectorAll("[data-waiting]").forEach((part) => part.remove());
    this.querySelector("[data-done]").hidden = false;
  }
}

customElements.define("xp-progress", Progress);
