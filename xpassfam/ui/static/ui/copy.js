// <xp-copy>: a button that copies the code beside it.
class Copy extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    if (!button || !navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(this.querySelector("[data-text]").textContent.trim());
      } catch {
        return this.select();
      }
      const said = this.querySelector("[data-said]");
      said.textContent = said.dataset.said;
    });
  }

  // Refused by the browser: the code is selected, ready for the keyboard.
  select() {
    getSelection().selectAllChildren(this.querySelector("[data-text]"));
  }
}

customElements.define("xp-copy", Copy);
