// <xp-upload data-url data-name data-most>: files leave one by one as they are chosen, each with its progress.
// Without this file they leave with the form; the server keeps those it takes all the same.
const PATIENCE = 120000;
const PAUSES = [1000, 4000, 15000];

class Upload extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.input = this.querySelector("input[type=file]");
    this.list = this.querySelector("[data-list]");
    this.said = this.querySelector("[data-say]");
    this.sending = new Set();
    this.input.addEventListener("change", () => this.take([...this.input.files]));
    this.form.addEventListener("submit", (event) => this.wait(event));
    for (const box of this.querySelectorAll("[data-box]")) this.enhance(box.closest("li"));
  }

  take(files) {
    this.input.value = "";
    for (const file of files) {
      const count = this.list.querySelectorAll("input[type=hidden]").length + this.sending.size;
      if (count < Number(this.dataset.most)) this.send(file);
      else this.refuse(this.dataset.tooMany.replace("{name}", file.name), file);
    }
  }

  copy(name, fileName) {
    const item = this.querySelector(`template[data-${name}]`).content.firstElementChild.cloneNode(true);
    for (const place of item.querySelectorAll("[data-file]")) place.textContent = fileName;
    for (const place of item.querySelectorAll("[data-of]")) place.textContent = ` ${fileName}`;
    return item;
  }

  send(file) {
    const item = this.copy("sending", file.name);
    item.querySelector("progress").setAttribute("aria-label", file.name);
    this.list.append(item);
    const turn = { tries: 0, stop: () => undefined };
    this.sending.add(turn);
    item.querySelector("[data-stop]").addEventListener("click", () => turn.stop());
    this.attempt(file, item, turn);
  }

  attempt(file, item, turn) {
    const bar = item.querySelector("progress");
    const request = new XMLHttpRequest();
    const end = (then) => {
      this.sending.delete(turn);
      then(item);
      if (!this.sending.size) this.leave();
    };
    request.upload.addEventListener("progress", (event) => {
      bar.value = event.lengthComputable ? (100 * event.loaded) / event.total : 0;
    });
    request.addEventListener("load", () => end((place) => this.answer(request, file, place)));
    for (const cut of ["error", "timeout"]) {
      request.addEventListener(cut, () => {
        if (turn.tries < PAUSES.length) this.later(file, item, turn, end);
        else end((place) => this.refuse(this.dataset.lost, file, place, true));
      });
    }
    request.addEventListener("abort", () => end((place) => this.remove(place)));
    turn.stop = () => request.abort();
    const body = new FormData();
    body.append("csrfmiddlewaretoken", this.form.querySelector("[name=csrfmiddlewaretoken]").value);
    body.append("file", file);
    request.open("POST", this.dataset.url);
    request.setRequestHeader("Accept", "application/json");
    request.timeout = PATIENCE;
    request.responseType = "json";
    request.send(body);
  }

  // The network is away: again after a pause, or as soon as the browser says that it is back.
  later(file, item, turn, end) {
    const note = item.querySelector("[data-cut]");
    note.hidden = false;
    this.say(note.textContent);
    const stop = () => {
      clearTimeout(timer);
      removeEventListener("online", again);
    };
    const again = () => {
      stop();
      note.hidden = true;
      this.attempt(file, item, turn);
    };
    const timer = setTimeout(again, PAUSES[turn.tries]);
    addEventListener("online", again);
    turn.tries += 1;
    turn.stop = () => {
      stop();
      end((place) => this.remove(place));
    };
  }

  answer(request, file, place) {
    const { response } = request;
    if (request.status === 201 && response) return this.add(response, place);
    if (response?.problem) return this.refuse(response.problem, file, place);
    return this.refuse(this.dataset.lost, file, place, true);
  }

  add(answer, place) {
    const item = this.copy("added", answer.name);
    const hidden = item.querySelector("input");
    hidden.name = this.dataset.name;
    hidden.value = answer.id;
    item.querySelector("[data-sort]").textContent = answer.sort;
    place.replaceWith(item);
    this.enhance(item);
    this.dispatchEvent(new Event("change", { bubbles: true }));
    this.say(`${answer.name}\u00a0: ${item.querySelector(".tag").textContent.trim()}`);
  }

  refuse(why, file, place, isLost = false) {
    const item = this.copy("refused", file.name);
    item.querySelector("[data-why]").textContent = isLost ? `${file.name} – ${why}` : why;
    item.querySelector("[data-seen]").addEventListener("click", () => this.remove(item));
    const again = item.querySelector("[data-again]");
    again.hidden = !isLost;
    again.addEventListener("click", () => {
      item.remove();
      this.send(file);
    });
    if (place) place.replaceWith(item);
    else this.list.append(item);
    this.stays = false;
    this.say(item.querySelector("[data-why]").textContent);
  }

  // A button takes a file back at once; what the server gave has a box for it.
  enhance(item) {
    const name = item.querySelector("b").textContent;
    const box = item.querySelector("[data-box]");
    if (box) box.replaceWith(this.copy("added", name).querySelector("[data-remove]"));
    item.querySelector("[data-remove]").addEventListener("click", () => {
      const body = new FormData();
      body.append("csrfmiddlewaretoken", this.form.querySelector("[name=csrfmiddlewaretoken]").value);
      const { value } = item.querySelector("input[type=hidden]");
      fetch(`${this.dataset.url}${value}/retrait/`, { method: "POST", body }).catch(() => undefined);
      this.remove(item);
    });
  }

  remove(item) {
    item.remove();
    this.input.focus();
  }

  say(text) {
    this.said.textContent = text;
  }

  // The form leaves after its files.
  wait(event) {
    if (!this.sending.size) return;
    event.preventDefault();
    this.stays = true;
    this.submitter = event.submitter;
    this.say(this.dataset.leaving);
  }

  leave() {
    if (this.stays) this.form.requestSubmit(this.submitter);
    this.stays = false;
  }
}

customElements.define("xp-upload", Upload);
