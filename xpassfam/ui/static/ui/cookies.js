// <xp-cookies>: a notice that shows itself where the browser refuses cookies, before anything is typed in vain.
// Chromium says that they are enabled even where the person forbids them: one is tried, and taken away at once.
const TRIED = "try=1";

function arePossible() {
  if (!navigator.cookieEnabled) return false;
  document.cookie = `${TRIED}; max-age=5; samesite=lax`;
  const isKept = document.cookie.split("; ").includes(TRIED);
  document.cookie = "try=; max-age=0; samesite=lax";
  return isKept;
}

class Cookies extends HTMLElement {
  connectedCallback() {
    if (!arePossible()) this.firstElementChild.hidden = false;
  }
}

customElements.define("xp-cookies", Cookies);
