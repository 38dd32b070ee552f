// The form of the assistance, on the page that has it:
//   <xp-files>        images pasted, dropped or taken of the screen join the files; each can be taken back
//   form[data-keeps]  sends without leaving the page: where we are away it stays, and goes once when we are back
//   details.joined    what a browser alone knows of the device, unless somebody wrote there
const FIRST_WAIT = 2000;
const LONGEST_WAIT = 30000;
const DRAGS = ["dragover", "drop"];

class Files extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input[type=file]");
    this.list = this.querySelector("[data-chosen]");
    this.kept = [];
    this.input.addEventListener("change", () => this.take([...this.input.files]));
    this.pasted = (event) => this.paste(event);
    document.addEventListener("paste", this.pasted);
    this.dragged = (event) => this.drop(event);
    for (const name of DRAGS) document.addEventListener(name, this.dragged);
    const capture = this.querySelector("[data-capture]");
    if (navigator.mediaDevices?.getDisplayMedia) this.querySelector("[data-more]").hidden = false;
    capture.addEventListener("click", () => this.capture());
  }

  disconnectedCallback() {
    document.removeEventListener("paste", this.pasted);
    for (const name of DRAGS) document.removeEventListener(name, this.dragged);
  }

  paste(event) {
    const files = [...(event.clipboardData?.files ?? [])].filter((file) => file.type.startsWith("image/"));
    if (!files.length) return;
    event.preventDefault();
    this.closest("details")?.setAttribute("open", "");
    this.take(files.map((file) => this.named(file)));
  }

  // Beside the zone, a browser would open the file in place of the page: what was typed would be lost.
  drop(event) {
    const held = event.dataTransfer;
    if (!held?.types.includes("Files")) return; // a text that is moved into the message
    event.preventDefault();
    const isOver = this.querySelector(".drop").contains(event.target);
    held.dropEffect = isOver ? "copy" : "none";
    const items = event.type === "drop" && isOver ? [...held.items] : [];
    // A folder can't be sent: the form would wait for ever.
    const files = items.filter((item) => item.kind === "file" && !item.webkitGetAsEntry?.()?.isDirectory);
    if (files.length) this.take(files.map((item) => item.getAsFile()));
  }

  named(blob) {
    const name = this.querySelector("[data-shot-name]").textContent.trim();
    return new File([blob], `${name}-${this.kept.length + 1}.png`, { type: blob.type || "image/png" });
  }

  async capture() {
    let stream;
    try {
      stream = await navigator.mediaDevices.getDisplayMedia({ video: true });
    } catch {
      return; // the person changed their mind
    }
    const video = document.createElement("video");
    video.srcObject = stream;
    await video.play();
    const canvas = document.createElement("canvas");
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    canvas.getContext("2d").drawImage(video, 0, 0);
    for (const track of stream.getTracks()) track.stop();
    canvas.toBlob((blob) => blob && this.take([this.named(blob)]), "image/png");
  }

  take(files) {
    this.kept.push(...files.filter((file) => !this.kept.some((one) => one.name === file.name && one.size === file.size)));
    this.show();
    this.say(`${this.querySelector("[data-pasted]").textContent}\u00a0: ${files.map((file) => file.name).join(", ")}`);
  }

  show() {
    const all = new DataTransfer();
    for (const file of this.kept) all.items.add(file);
    this.input.files = all.files;
    this.list.replaceChildren(...this.kept.map((file) => this.line(file)));
    this.list.hidden = !this.kept.length;
  }

  line(file) {
    const item = this.querySelector("[data-line]").content.firstElementChild.cloneNode(true);
    item.querySelector("[data-name]").textContent = file.name;
    item.querySelector("[data-of]").textContent = ` ${file.name}`;
    item.querySelector("[data-remove]").addEventListener("click", () => {
      this.kept = this.kept.filter((one) => one !== file);
      this.show();
      this.input.focus();
    });
    return item;
  }

  // They have arrived, whatever is to be mended in the form: they need not go twice.
  forget() {
    this.kept = [];
    this.show();
  }

  say(text) {
    this.querySelector("[data-say]").textContent = text;
  }
}

class Sender {
  constructor(form) {
    this.form = form;
    this.away = form.querySelector("[data-away]");
    this.sending = form.querySelector("[data-sending]");
    this.wait = FIRST_WAIT;
    form.addEventListener("submit", (event) => this.submit(event));
    this.away.querySelector("[data-now]").addEventListener("click", () => this.send());
    addEventListener("online", () => !this.away.hidden && this.send());
    addEventListener("beforeunload", (event) => !this.away.hidden && event.preventDefault());
  }

  submit(event) {
    event.preventDefault();
    this.send();
  }

  async send() {
    if (this.isSending) return;
    clearTimeout(this.timer);
    this.isSending = true;
    this.sending.hidden = false;
    const answer = await this.ask();
    this.isSending = false;
    this.sending.hidden = true;
    if (answer === null) this.later();
    else if (answer.url) this.leave(answer.url);
    else this.mend();
  }

  // null: we are away, or the network is.
  async ask() {
    try {
      const answer = await fetch(this.form.action || location.href, {
        method: "POST",
        body: new FormData(this.form),
        headers: { Accept: "application/json" },
        redirect: "manual",
      });
      if (answer.status === 201) return await answer.json();
      return answer.status >= 500 ? null : {};
    } catch {
      return null;
    }
  }

  later() {
    if (this.away.hidden) {
      this.away.hidden = false;
      this.away.scrollIntoView({ block: "nearest" });
    }
    this.timer = setTimeout(() => this.send(), this.wait);
    this.wait = Math.min(2 * this.wait, LONGEST_WAIT);
  }

  leave(url) {
    this.away.hidden = true;
    location.assign(url);
  }

  // Something is to be read or mended: the server says what, on the page that the form leads to.
  mend() {
    this.away.hidden = true;
    this.form.querySelector("xp-files")?.forget();
    this.form.submit();
  }
}

async function fillIn(details) {
  const fill = (name, text) => {
    const field = details.querySelector(`[name=${name}]`);
    if (field && text && field.value === field.defaultValue) field.value = text;
  };
  const about = navigator.userAgentData;
  if (!about?.getHighEntropyValues) return;
  const { platform, platformVersion, model } = await about.getHighEntropyValues(["platformVersion", "model"]);
  const major = Number.parseInt(platformVersion, 10);
  const version = platform === "Windows" ? (major >= 13 ? "11" : "10") : platformVersion.split(".")[0];
  if (platform === "Windows" || model) fill("device", [model, platform, version].filter(Boolean).join(" "));
}

customElements.define("xp-files", Files);
for (const form of document.querySelectorAll("form[data-keeps]")) new Sender(form);
for (const details of document.querySelectorAll("details.joined")) fillIn(details).catch(() => undefined);
