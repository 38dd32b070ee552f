// <xp-autosave data-url data-time data-ended data-lost>: saves the page of a draft as it is filled in. The server keeps
// what is good and answers which save it was; without this file the form's own button does the same.
const PAUSE = 2000;
const AGAIN = 15000;
const SAY_EVERY = 60000;

class Autosave extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.said = -SAY_EVERY;
    this.form.addEventListener("input", () => this.later());
    this.form.addEventListener("change", () => this.later());
    this.form.addEventListener("submit", (event) => this.leave(event));
    document.addEventListener("visibilitychange", () => {
      if (document.hidden && this.timer) this.save(true);
    });
  }

  later(pause = PAUSE) {
    if (this.isOver) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(false), pause);
  }

  // A save under way first: the form must not pass for another page's.
  async leave(event) {
    clearTimeout(this.timer);
    this.timer = 0;
    if (!this.underway) return;
    event.preventDefault();
    const { submitter } = event;
    await this.underway;
    this.timer = 0;
    this.form.requestSubmit(submitter);
  }

  save(isLeaving) {
    clearTimeout(this.timer);
    this.timer = 0;
    if (this.underway) return this.later();
    this.underway = this.send(isLeaving).finally(() => {
      this.underway = undefined;
    });
    return this.underway;
  }

  async send(isLeaving) {
    const typed = new URLSearchParams(new FormData(this.form));
    let answer;
    try {
      answer = await fetch(this.dataset.url, {
        method: "POST",
        body: typed,
        headers: { Accept: "application/json" },
        redirect: "manual",
        keepalive: isLeaving,
      });
    } catch {
      this.trouble(this.dataset.lost);
      return this.later(AGAIN);
    }
    const isJson = (answer.headers.get("Content-Type") ?? "").startsWith("application/json");
    if (answer.status >= 500) {
      this.trouble(this.dataset.lost);
      return this.later(AGAIN);
    }
    if (!isJson) return this.end(this.dataset.ended);
    const told = await answer.json();
    if (told.aside) return this.end(told.aside);
    const { seen } = this.form.elements;
    if (seen) seen.value = told.revision;
    return this.tell(this.dataset.time.replace("{time}", told.saved_at));
  }

  tell(text) {
    this.querySelector("[data-trouble]").hidden = true;
    const shown = this.querySelector("[data-saved]");
    shown.hidden = false;
    shown.querySelector("[data-said]").textContent = text;
    if (Date.now() - this.said < SAY_EVERY) return;
    this.said = Date.now();
    this.querySelector("[data-say]").textContent = text;
  }

  trouble(text) {
    const shown = this.querySelector("[data-trouble]");
    if (!shown.hidden) return;
    shown.hidden = false;
    shown.querySelector("[data-said]").textContent = text;
    this.querySelector("[data-say]").textContent = text;
  }

  // Nothing more is saved by itself; what is typed stays in the page.
  end(text) {
    this.isOver = true;
    this.trouble(text);
  }
}

customElements.define("xp-autosave", Autosave);
