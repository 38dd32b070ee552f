// <xp-address data-url data-none>: the communes of a postcode come as it is typed; abroad, the town is written.
// Without this file the page asks the server for them with a button, and the form says the same.
class Address extends HTMLElement {
  connectedCallback() {
    this.country = this.querySelector("[data-country]");
    this.postcode = this.querySelector("[data-postcode]");
    this.commune = this.querySelector("[data-commune]");
    this.town = this.querySelector("[data-town]");
    this.said = this.querySelector("[data-say]");
    // Enter would press it before the form's own button.
    this.querySelector("[data-choose]").remove();
    this.postcode.addEventListener("input", () => this.look());
    this.country.addEventListener("change", () => {
      this.town.value = "";
      this.look();
    });
    this.shown = this.code();
  }

  code() {
    const typed = this.postcode.value.replace(/\s/g, "");
    return this.country.value === "FR" && /^\d{5}$/.test(typed) ? typed : "";
  }

  async look() {
    const code = this.code();
    if (this.country.value !== "FR") return this.show([]);
    if (!code) return this.forget();
    if (code === this.shown) return undefined;
    let answer;
    try {
      answer = await fetch(`${this.dataset.url}?code=${code}`, { headers: { Accept: "application/json" } });
    } catch {
      return undefined;
    }
    if (!answer.ok || code !== this.code()) return undefined;
    const { communes } = await answer.json();
    this.show(communes);
    if (communes.length) this.shown = code;
    if (!communes.length) this.said.textContent = this.dataset.none;
    return undefined;
  }

  // While a postcode is typed the commune of the one before is no answer; it is chosen again where it has both.
  forget() {
    const [first, ...others] = this.commune.options;
    this.kept = others.find((option) => option.selected)?.text ?? this.kept;
    this.commune.replaceChildren(first);
    this.shown = "";
  }

  show(communes) {
    this.forget();
    const { kept } = this;
    const first = this.commune.options[0];
    this.commune.replaceChildren(first, ...communes.map(({ code, name }) => new Option(name, code)));
    const same = communes.find(({ name }) => name === kept) ?? (communes.length === 1 ? communes[0] : undefined);
    this.commune.value = same ? same.code : "";
    this.querySelector("[data-commune-part]").hidden = !communes.length;
    this.querySelector("[data-town-part]").hidden = communes.length > 0;
    this.said.textContent = "";
  }
}

customElements.define("xp-address", Address);
