// <xp-presence data-url>: while the page is seen, says that its agent is there, and shows who else is. Without this
// file both are said each time the page opens.
const EVERY = 120000;

class Presence extends HTMLElement {
  connectedCallback() {
    this.seen = () => (document.hidden ? clearTimeout(this.timer) : this.stay());
    document.addEventListener("visibilitychange", this.seen);
    this.seen();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    document.removeEventListener("visibilitychange", this.seen);
  }

  async stay() {
    clearTimeout(this.timer);
    const { value } = document.querySelector("[name=csrfmiddlewaretoken]");
    try {
      const answer = await fetch(this.dataset.url, {
        method: "POST",
        body: new URLSearchParams({ csrfmiddlewaretoken: value }),
        headers: { Accept: "application/json" },
        redirect: "manual",
      });
      // The session has ended, or the request is theirs to read no more.
      if (answer.type === "opaqueredirect" || (answer.status >= 400 && answer.status < 500)) {
        return this.disconnectedCallback();
      }
      if (answer.ok) this.show((await answer.json()).others);
    } catch {
      // The next one may get through.
    }
    if (!document.hidden) this.timer = setTimeout(() => this.stay(), EVERY);
  }

  show(others) {
    this.querySelector("[data-others]").hidden = !others;
    this.querySelector("[data-said]").textContent = others;
  }
}

customElements.define("xp-presence", Presence);
