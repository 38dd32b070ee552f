// <xp-news data-url>: a page left open learns the news, and offers it. It never jumps.
const FIRST = 3000;
const SLOWEST = 30000;
const GIVE_UP = 2 * 3600 * 1000;

class News extends HTMLElement {
  connectedCallback() {
    this.wait = FIRST;
    this.since = Date.now();
    this.seen = () => {
      if (document.hidden) clearTimeout(this.timer);
      else this.ask();
    };
    document.addEventListener("visibilitychange", this.seen);
    this.later();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    document.removeEventListener("visibilitychange", this.seen);
  }

  later() {
    clearTimeout(this.timer);
    if (!document.hidden && Date.now() - this.since < GIVE_UP) this.timer = setTimeout(() => this.ask(), this.wait);
    this.wait = Math.min(this.wait * 1.25, SLOWEST);
  }

  async ask() {
    clearTimeout(this.timer);
    let answer;
    try {
      answer = await fetch(this.dataset.url, { headers: { Accept: "application/json" }, cache: "no-store" });
    } catch {
      return this.later();
    }
    if (answer.status >= 400 && answer.status < 500 && answer.status !== 429) return this.disconnectedCallback();
    if (answer.ok && (await answer.json()).done) return this.tell();
    return this.later();
  }

  tell() {
    this.disconnectedCallback();
    this.querySelector("[data-waiting]")?.remove();
    this.querySelector("[data-done]").hidden = false;
  }
}

customElements.define("xp-news", News);
