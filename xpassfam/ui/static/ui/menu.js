// <xp-menu>: an unfolded menu closes at Escape, when the focus leaves it, and at a press beside it.
class Menu extends HTMLElement {
  connectedCallback() {
    this.menu = this.querySelector("details");
    this.beside = (event) => {
      if (!this.contains(event.target)) this.menu.open = false;
    };
    document.addEventListener("pointerdown", this.beside);
    this.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !this.contains(event.relatedTarget)) this.menu.open = false;
    });
    this.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.menu.open) return;
      this.menu.open = false;
      this.querySelector("summary").focus();
    });
  }

  disconnectedCallback() {
    document.removeEventListener("pointerdown", this.beside);
  }
}

customElements.define("xp-menu", Menu);
