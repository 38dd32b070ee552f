// <xp-countdown>: what remains until a clock time. Screen readers hear the start, one minute, and the end.
// Waits by the server's clock: the visitor's own may be wrong.
class Countdown extends HTMLElement {
  connectedCallback() {
    const now = Date.parse(this.dataset.now);
    const offset = performance.now();
    this.left = () => Math.ceil((Date.parse(this.dataset.until) - now - (performance.now() - offset)) / 1000);
    this.announced = this.left() <= 60;
    setTimeout(() => this.say(this.querySelector("[data-wait]").textContent), 500);
    this.timer = setInterval(() => this.tick(), 1000);
    this.tick();
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  tick() {
    const left = this.left();
    if (left <= 0) return this.end();
    this.querySelector("[data-left]").textContent = words(left);
    if (left <= 60 && !this.announced) {
      this.announced = true;
      this.say(this.querySelector("[data-wait]").textContent);
    }
  }

  end() {
    clearInterval(this.timer);
    this.querySelector("[data-wait]").hidden = true;
    const done = this.querySelector("[data-done]");
    done.hidden = false;
    // What the alert around it says of the wait is over too, its title first.
    for (const text of this.closest(".alert")?.querySelectorAll("h2, [data-while]") ?? []) text.hidden = true;
    this.say(done.textContent);
    this.dispatchEvent(new CustomEvent("xp-over", { bubbles: true }));
  }

  say(text) {
    this.querySelector("[data-say]").textContent = text.replace(/\s+/g, " ").trim();
  }
}

function words(seconds) {
  const pair = (high, unit, low, small) => `${high}\u00a0${unit}` + (low ? ` ${low}\u00a0${small}` : "");
  if (seconds >= 3600) return pair(Math.floor(seconds / 3600), "h", Math.floor((seconds % 3600) / 60), "min");
  if (seconds >= 60) return pair(Math.floor(seconds / 60), "min", seconds % 60, "s");
  return `${seconds}\u00a0s`;
}

customElements.define("xp-countdown", Countdown);
