// <xp-password>: a button shows the password; Caps Lock and a pasted space are named on the spot.
const PAUSE = 300; // a word of a sentence follows its space sooner

class Password extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input");
    this.button = this.querySelector("button");
    if (!this.input || !this.button) return;
    this.button.hidden = false;
    this.button.addEventListener("click", () => this.show(this.input.type === "password"));
    this.input.form?.addEventListener("submit", () => this.show(false, { silent: true }));
    for (const kind of ["keydown", "keyup"]) this.input.addEventListener(kind, (event) => this.caps(event));
    this.input.addEventListener("blur", () => this.leave());
    this.input.addEventListener("input", (event) => {
      clearTimeout(this.pause);
      if (event.inputType?.startsWith("insertFromPaste")) this.space();
      else this.pause = setTimeout(() => this.space(), PAUSE);
    });
  }

  show(visible, { silent = false } = {}) {
    if (visible === (this.input.type === "text")) return;
    const { selectionStart, selectionEnd } = this.input;
    this.input.type = visible ? "text" : "password";
    this.button.querySelector("[data-to=show]").hidden = visible;
    this.button.querySelector("[data-to=mask]").hidden = !visible;
    if (silent) return;
    this.input.setSelectionRange(selectionStart, selectionEnd);
    this.querySelector("[data-state]").textContent = visible ? this.dataset.shown : this.dataset.masked;
  }

  caps(event) {
    if (event.getModifierState) this.notice("caps", event.getModifierState("CapsLock"));
  }

  // The notice moves what stands under it: a button that is being pressed must not slip away from the finger.
  leave() {
    clearTimeout(this.pause);
    const name = () => setTimeout(() => this.space(), 100);
    if (!document.querySelector(":active")) return name();
    for (const end of ["pointerup", "click"]) document.addEventListener(end, name, { once: true });
  }

  space() {
    this.notice("space", /\s$/.test(this.input.value));
  }

  notice(name, wanted) {
    const box = this.querySelector("[data-notices]");
    const shown = box.querySelector(`[data-about=${name}]`);
    if (wanted && !shown) {
      const line = document.createElement("p");
      line.className = "heads-up";
      line.dataset.about = name;
      line.textContent = this.dataset[name];
      box.append(line);
    } else if (!wanted && shown) shown.remove();
  }
}

customElements.define("xp-password", Password);
