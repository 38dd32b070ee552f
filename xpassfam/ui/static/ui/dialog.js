// <xp-dialog>: what unfolds in the page without script opens as a window over it.
class Dialog extends HTMLElement {
  connectedCallback() {
    const dialog = this.querySelector("dialog");
    const fold = this.querySelector("details");
    if (!dialog?.showModal || !fold) return;
    dialog.append(fold.querySelector("[data-content]"));
    fold.remove();
    const opener = this.querySelector("[data-open]");
    opener.hidden = false;
    opener.addEventListener("click", () => dialog.showModal());
    dialog.addEventListener("click", (event) => {
      if (event.target.closest("[data-close]")) dialog.close();
    });
  }
}

customElements.define("xp-dialog", Dialog);
