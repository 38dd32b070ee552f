// <xp-session data-left>: two minutes before a session ends, says so and offers to go on; by keyboard too (WCAG 2.2.1).
// Another window may have prolonged it: asks before it warns. Nothing is kept in the browser.
const BEFORE = 120;
const LONGEST_SLEEP = 60;

class Session extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    if (!this.dialog?.showModal) return;
    this.form = this.dialog.querySelector("form");
    this.closer = this.dialog.querySelector("[data-close]");
    this.set(Number(this.dataset.left));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.ask("POST");
    });
    this.closer.addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("cancel", (event) => {
      if (this.isOver || this.form.hidden) return;
      event.preventDefault();
      this.ask("POST");
    });
    this.woken = () => document.hidden || this.tick();
    document.addEventListener("visibilitychange", this.woken);
    this.tick();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    document.removeEventListener("visibilitychange", this.woken);
  }

  // The visitor's clock may be wrong, not its pace; and it goes on while the computer sleeps.
  set(left) {
    this.end = Date.now() + left * 1000;
  }

  left() {
    return Math.ceil((this.end - Date.now()) / 1000);
  }

  async tick() {
    clearTimeout(this.timer);
    if (this.isOver) return;
    if (this.left() <= BEFORE && !this.isWarned) await this.ask("GET");
    if (this.left() <= BEFORE && !this.isWarned) this.warn();
    if (this.isWarned) this.count();
    const sleep = this.isWarned ? 1 : Math.min(Math.max(this.left() - BEFORE, 1), LONGEST_SLEEP);
    if (!this.isOver) this.timer = setTimeout(() => this.tick(), sleep * 1000);
  }

  async ask(method) {
    const body = method === "POST" ? new FormData(this.form) : undefined;
    try {
      const answer = await fetch(this.form.action, { method, body, cache: "no-store" });
      if (!answer.ok) return;
      const { left, prolonged } = await answer.json();
      this.set(left);
      this.form.hidden = !prolonged;
      this.dialog.querySelector("[data-last]").hidden = prolonged;
      this.closer.hidden = prolonged;
    } catch {
      // No network: the session ends when it was to end, and the page says so.
    }
    if (method === "POST" && this.left() > BEFORE) this.goOn();
  }

  warn() {
    this.isWarned = true;
    this.dialog.showModal();
    this.say(this.dialog.querySelector("#session-texte").textContent);
  }

  goOn() {
    this.isWarned = this.isLast = false;
    this.dialog.close();
    this.tick();
  }

  count() {
    const left = this.left();
    if (left <= 0) return this.finish();
    this.dialog.querySelector("[data-time]").textContent = words(left);
    if (left <= 30 && !this.isLast) {
      this.isLast = true;
      this.say(this.dialog.querySelector("#session-texte").textContent);
    }
  }

  finish() {
    this.isOver = true;
    this.dialog.querySelector("[data-while]").hidden = true;
    const over = this.dialog.querySelector("[data-over]");
    over.hidden = this.closer.hidden = false;
    if (!this.dialog.open) this.dialog.showModal();
    this.dialog.setAttribute("aria-labelledby", "session-fin");
    over.querySelector("h2").id = "session-fin";
    over.querySelector("h2").focus();
    this.say(over.textContent);
  }

  say(text) {
    this.dialog.querySelector("[data-say]").textContent = text.replace(/\s+/g, " ").trim();
  }
}

function words(seconds) {
  const minutes = Math.floor(seconds / 60);
  return minutes ? `${minutes}\u00a0min ${seconds % 60}\u00a0s` : `${seconds}\u00a0s`;
}

customElements.define("xp-session", Session);
