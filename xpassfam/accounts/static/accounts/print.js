// <xp-print>: a button that prints the page, where there is something to do it with.
class Print extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    button.hidden = !window.print;
    button.addEventListener("click", () => window.print());
  }
}

customElements.define("xp-print", Print);
