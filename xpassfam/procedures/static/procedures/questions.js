// <xp-questions data-types>: questions come and go as others are answered, by the rules that the server gave.
// The server decides again what was asked: see `procedures/forms/section.py`. Without this file it shows them in turn.
const MONTHS = "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre".split(" ");

const every = (truths) => (truths.includes("no") ? "no" : truths.includes("unknown") ? "unknown" : "yes");
const opposite = (truth) => ({ yes: "no", no: "yes" })[truth] ?? truth;
const isFilled = (value) => value !== undefined && value !== "" && !(Array.isArray(value) && !value.length);
const told = (holds) => (holds ? "yes" : "no");

function compare(operator, given, value) {
  const listed = Array.isArray(given) ? given : [given];
  const wanted = Array.isArray(value) ? value : [value];
  switch (operator) {
    case "is":
    case "one_of":
      return told(listed.some((one) => wanted.includes(one)));
    case "at_least":
      return typeof given === "number" ? told(given >= value) : "unknown";
    case "at_most":
      return typeof given === "number" ? told(given <= value) : "unknown";
    case "before":
      return told(given < value);
    default:
      return told(given > value);
  }
}

export function judge(rule, answers) {
  if (typeof rule === "string") return rule;
  if (rule.all) return every(rule.all.map((part) => judge(part, answers)));
  if (rule.any) return opposite(every(rule.any.map((part) => opposite(judge(part, answers)))));
  if (rule.not) return opposite(judge(rule.not, answers));
  if (rule.table) {
    const given = answers[rule.table.field];
    if (!isFilled(given)) return "unknown";
    return every([given].flat().map((one) => rule.table.truths[one] ?? "unknown"));
  }
  const { field, operator, value } = rule.answer;
  const given = answers[field];
  if (operator === "filled") return told(isFilled(given) === value);
  return isFilled(given) ? compare(operator, given, value) : "unknown";
}

function month(text) {
  const name = text.normalize("NFD").replace(/[^a-z]/gi, "").toLowerCase();
  const number = name.length > 2 ? MONTHS.findIndex((one) => one.startsWith(name)) + 1 : Number(text);
  return number >= 1 && number <= 12 ? number : 0;
}

class Questions extends HTMLElement {
  connectedCallback() {
    this.types = JSON.parse(this.dataset.types);
    this.parts = [...this.querySelectorAll(":scope > [data-key]")];
    this.addEventListener("input", () => this.follow());
    this.addEventListener("change", () => this.follow());
    this.follow();
  }

  // In order: the answer to a question that is not asked counts for nothing.
  follow() {
    const answers = {};
    for (const part of this.parts) {
      if (part.dataset.rule) this.show(part, judge(JSON.parse(part.dataset.rule), answers) === "yes");
      const { key } = part.dataset;
      if (!part.hidden && this.types[key]) answers[key] = this.read(part, key, this.types[key]);
    }
  }

  show(part, isAsked) {
    part.hidden = !isAsked;
    part.querySelector("input[name=shown]").disabled = !isAsked;
  }

  read(part, key, type) {
    const inputs = [...part.querySelectorAll("input,select,textarea")].filter((one) => one.name !== "shown");
    const chosen = inputs.filter((one) => one.checked).map((one) => one.value);
    if (type === "choices" || type === "persons") return chosen;
    if (type === "yes_no") return chosen.length ? chosen[0] === "yes" : undefined;
    if (type === "date") return this.date(inputs.map((one) => one.value.trim()));
    if (type === "group" || type === "address") {
      const typed = inputs.filter((one) => one.type !== "hidden" && !one.name.endsWith("-country"));
      return typed.map((one) => one.value.trim()).join("");
    }
    const value = inputs[0].type === "radio" ? chosen[0] : inputs[0].value.trim();
    if (!isFilled(value)) return undefined;
    const compact = value.replace(/[\s€]/g, "");
    if (type === "number") return /^[-+]?\d{1,12}$/.test(compact) ? Number(compact) : undefined;
    if (type === "amount") {
      const found = /^(\d{1,9})(?:[.,](\d{1,2}))?$/.exec(compact);
      return found ? Number(found[1]) * 100 + Number((found[2] ?? "").padEnd(2, "0")) : undefined;
    }
    return value;
  }

  date([day, named, year]) {
    const number = month(named);
    if (!/^\d{1,2}$/.test(day) || !number || !/^[12]\d{3}$/.test(year)) return undefined;
    const iso = `${year}-${String(number).padStart(2, "0")}-${day.padStart(2, "0")}`;
    const read = new Date(`${iso}T00:00:00Z`);
    return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(iso) ? iso : undefined;
  }
}

customElements.define("xp-questions", Questions);
