// <xp-strength>: the strength of a new password, in words. Advice only: the server decides, by its own rules
// (rules/passwords.py) and lists. Drawn by ui/components/strength.html, which gives all its sentences:
//   data-for      id of the password's <input>
//   data-rules    id of the list of rules; its <li data-rule="0|1|2"> (length, hard to guess, nothing of one's own)
//                 are ticked, in words too
//   data-list     address of the list of words, fetched when the field gets the focus; without it the meter
//                 tells length and own words only
//   data-length, data-mixed   from how many characters on strength alone counts; or the four classes
//   data-short … data-todo    the sentences, with {number} and {word} to be filled in
// The person's own words are read in the form, from the fields whose `autocomplete` or name says what they are.
const PAUSE = 500;
const OWN = "[autocomplete~=given-name],[autocomplete~=family-name],[autocomplete~=email],[autocomplete~=username],[autocomplete~=bday-year],[name=member_number],[name=file_number]";
const SIGNS = { 4: "a", "@": "a", 3: "e", 1: "i", "!": "i", 0: "o", 5: "s", $: "s", 7: "t" };
const ENOUGH = { long: 1e10, mixed: 1e8, very: 1e14 };
const SEPARATOR = /([\p{L}\d]{2})[ ._-](?=[\p{L}\d]{2})/gu;

class Strength extends HTMLElement {
  connectedCallback() {
    this.input = document.getElementById(this.dataset.for);
    if (!this.input || this.told) return;
    this.told = document.createElement("p");
    this.told.className = "strength";
    this.told.setAttribute("role", "status");
    this.append(this.told);
    this.input.addEventListener("focus", () => this.load(), { once: true });
    this.input.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.tell(), PAUSE);
    });
  }

  async load() {
    try {
      const answer = await fetch(this.dataset.list);
      if (answer.ok) this.words = read(await answer.text());
      this.tell();
    } catch {
      this.words = undefined;
    }
  }

  tell() {
    const password = this.input.value.normalize("NFC");
    const [verdict, advice, ticks] = password ? this.judge(password) : ["", "", [false, false, false]];
    const word = document.createElement("b");
    word.textContent = verdict;
    const line = document.createElement("span");
    line.append(word, advice && ` ${advice}`);
    if (this.told.textContent !== line.textContent) this.told.replaceChildren(...(verdict ? [line] : []));
    document.getElementById(this.dataset.rules)?.querySelectorAll("[data-rule]").forEach((item, index) => this.tick(item, ticks[index]));
  }

  judge(password) {
    const say = this.dataset;
    const [length, mixed] = [Number(say.length), Number(say.mixed)];
    const count = [...password].length;
    const isLong = count >= length;
    const isEnough = isLong || (count >= mixed && hasFourClasses(password));
    const own = ownWord(password, this.form());
    const guesses = this.words ? guessesFor(password, this.words) : NaN;
    const isHard = guesses >= (isLong ? ENOUGH.long : ENOUGH.mixed);
    const ticks = [isEnough, isHard, !own];
    if (!isEnough) return [say.short, (length - count === 1 ? say.addOne : say.add).replace("{number}", length - count), ticks];
    if (own) return [say.easy, say.remove.replace("{word}", own), ticks];
    if (Number.isNaN(guesses)) return ["", "", ticks];
    if (!isHard) return [say.easy, say.more, ticks];
    if (!isLong) return [say.good, say.longer.replace("{number}", length), ticks];
    return guesses >= ENOUGH.very ? [say.very, "", ticks] : [say.good, say.better, ticks];
  }

  form() {
    const fields = this.input.form?.querySelectorAll(OWN) ?? [];
    return [...fields].filter((field) => field !== this.input).map((field) => field.value);
  }

  tick(item, isDone) {
    let said = item.querySelector("[data-said]");
    if (!said) {
      said = document.createElement("span");
      said.className = "vh";
      said.dataset.said = "";
      item.lastElementChild.append(said);
    }
    said.textContent = isDone ? this.dataset.done : this.dataset.todo;
    item.classList.toggle("yes", isDone);
    const icon = item.querySelector("use");
    icon?.setAttribute("href", icon.getAttribute("href").replace(/#.*/, isDone ? "#circle-check" : "#circle"));
  }
}

// « 50 bonjour soleil… »: on each line, words that a guesser tries after about so many others.
function read(text) {
  const words = new Map();
  for (const line of text.split("\n")) {
    const [rank, ...found] = line.split(" ");
    for (const word of found) words.set(word, Number(rank));
  }
  return words;
}

const bare = (text) => [...text].map((c) => c.normalize("NFD")[0].toLowerCase()).join("");
const unsigned = (text) => [...text].map((c) => SIGNS[c] ?? c).join("");
const hasFourClasses = (text) => [/\p{Ll}/u, /\p{Lu}/u, /\d/, /[^\p{Ll}\p{Lu}\d]/u].every((kind) => kind.test(text));

function ownWord(password, values) {
  const squash = (text) => bare(text).replace(/[^\p{L}\d]/gu, "");
  const variants = [bare(password), unsigned(bare(password))];
  for (const value of values) {
    const text = value.split("@")[0];
    for (const word of new Set([text, ...text.split(/[^\p{L}\d]+/u)])) {
      const own = squash(word);
      const isAnywhere = own.length >= 5 && variants.some((variant) => squash(variant).includes(own));
      const near = /^\d+$/.test(own) ? "\\d" : "\\p{L}";
      const alone = new RegExp(`(^|[^${near}])${own}(?!${near})`, "u");
      if (isAnywhere || (own.length > 2 && own.length < 5 && variants.some((variant) => alone.test(variant)))) return word;
    }
  }
  return "";
}

// As zxcvbn counts: the cheapest way to cut the password into parts, l! · product + 10000^(l−1).
function guessesFor(password, words) {
  const joined = password.replace(SEPARATOR, "$1");
  if ([password, joined].some((text) => isDressedWord(text, words))) return 0;
  const guesses = estimate(password.slice(0, 72), words);
  return joined === password ? guesses : Math.min(guesses, 10 * estimate(joined.slice(0, 72), words));
}

function isDressedWord(text, words) {
  const match = /^(\P{L}*)(\p{L}+)(\P{L}*)$/u.exec(text);
  return match !== null && match[1].length + match[3].length <= 8 && (words.has(bare(match[2])) || looksLikeAWord(bare(match[2])));
}

// The list holds the first few thousand words: what can be said aloud may be one of the hundred thousand others.
function looksLikeAWord(text) {
  return text.length > 4 && text.length < 13 && /^[a-z]+$/.test(text) && /[aeiouy]/.test(text) && !/[^aeiouy]{4}|[aeiouy]{4}|^(.)\1|[qwxjk][^aeiouyrl]/.test(text);
}

function estimate(text, words) {
  const best = [[1]];
  const parts = partsOf(text, words);
  for (let end = 1; end <= text.length; end++) {
    best[end] = [];
    for (let start = 0; start < end; start++) {
      const cost = Math.min(10 ** (end - start), parts.get(start * 100 + end) ?? Infinity);
      best[start].forEach((product, count) => {
        const total = product * Math.max(cost, end - start === 1 ? 10 : 50);
        if (!(best[end][count + 1] <= total)) best[end][count + 1] = total;
      });
    }
    best[end].length = Math.min(best[end].length, 12);
  }
  let ways = 1;
  return best[text.length].reduce((least, product, count) => Math.min(least, (ways *= count) * product + 1e4 ** (count - 1)), Infinity);
}

// What a guesser knows in `text`: from start·100 + end to how many guesses that part takes.
function partsOf(text, words) {
  const parts = new Map();
  const note = (start, end, cost) => parts.set(start * 100 + end, Math.min(cost, parts.get(start * 100 + end) ?? Infinity));
  const plain = bare(text);
  const lettered = unsigned(plain);
  for (let start = 0; start < text.length; start++) {
    for (let end = start + 3; end <= Math.min(text.length, start + 12); end++) {
      const cut = plain.slice(start, end);
      const rank = words.get(cut) ?? 2 * Math.min(words.get(lettered.slice(start, end)) ?? Infinity, words.get([...cut].reverse().join("")) ?? Infinity);
      if (cut.length < 10 && looksLikeAWord(cut)) note(start, end, 1e5 * casing(text.slice(start, end)));
      if (rank < Infinity) note(start, end, rank * casing(text.slice(start, end)));
    }
    const walk = run(plain, start, isNeighbour);
    if (walk - start > 2) note(start, walk, 40 * (walk - start) * casing(text.slice(start, walk)));
    for (const step of [-1, 0, 1]) {
      const end = run(plain, start, (a, b) => b.charCodeAt(0) - a.charCodeAt(0) === step);
      if (end - start > 2) note(start, end, 26 * (end - start));
    }
    const date = /^(?:(?:19|20)\d\d|\d{1,2}([/. -]?)\d{1,2}\1(?:19|20)?\d\d)/.exec(plain.slice(start));
    if (date) note(start, start + date[0].length, date[0].length === 4 ? 120 : 40000);
    const repeat = /^(.+?)\1+/.exec(plain.slice(start));
    if (repeat && repeat[1].length > 1) note(start, start + repeat[0].length, (estimate(repeat[1], words) * repeat[0].length) / repeat[1].length);
  }
  return parts;
}

function casing(text) {
  const capitals = text.match(/\p{Lu}/gu)?.length ?? 0;
  return capitals === 0 ? 1 : /^.\P{Lu}*$|^\P{Ll}*$/u.test(text) ? 2 : 2 ** Math.min(capitals + 1, 6);
}

function run(text, start, follows) {
  let end = start + 1;
  while (end < text.length && follows(text[end - 1], text[end])) end++;
  return end;
}

const KEYBOARDS = [
  ["&é\"'(-è_çà)=", "azertyuiop^$", "qsdfghjklmù*", "wxcvbn,;:!"],
  ["1234567890-=", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./"],
  ["1234567890", "azertyuiop"],
].map((rows) => new Map(rows.flatMap((row, y) => [...bare(row)].map((key, x) => [key, [x, y]]))));

function isNeighbour(a, b) {
  return KEYBOARDS.some((keys) => {
    const [from, to] = [keys.get(a), keys.get(b)];
    if (!from || !to) return false;
    const [x, y] = [to[0] - from[0], to[1] - from[1]];
    return (y === 0 && Math.abs(x) === 1) || (y === 1 && (x === 0 || x === -1)) || (y === -1 && (x === 0 || x === 1));
  });
}

customElements.define("xp-strength", Strength);
