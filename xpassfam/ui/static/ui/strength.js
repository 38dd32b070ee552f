// <xp-strength data-for>: the strength of a new password, in words.
customElements.define("xp-strength", class extends HTMLElement {});
