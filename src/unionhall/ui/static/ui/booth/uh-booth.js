/**
 * <uh-booth election="/…json"> is a voting booth without a vote: it asks the questions of an election, makes the ballot
 * on this device and shows what would be cast, its tracker and the time it took. Nothing is sent anywhere.
 * Words come from data-credential, data-blank, data-make, data-fingerprint, data-tracker, data-took (# is the number),
 * data-wrong-marks, data-wrong-credential, data-unable; until it runs, its content stands.
 */
import { isAble, open } from "./ballot.js";

const make = (tag, fields, ...children) => {
  const made = Object.assign(document.createElement(tag), fields);
  made.append(...children);
  return made;
};

class Booth extends HTMLElement {
  async connectedCallback() {
    if (!isAble()) return void (this.textContent = this.dataset.unable);
    const answer = await fetch(this.getAttribute("election"), { credentials: "omit" });
    const begun = performance.now();
    this.booth = await open(await answer.arrayBuffer());
    this.opened = performance.now() - begun;
    this.replaceChildren(this.form());
  }

  form() {
    const { questions } = this.booth.election;
    this.fields = questions.map((question, i) => this.question(question, i));
    const credential = make("input", {
      type: "text", className: "input", name: "credential", id: "credential", autocomplete: "off", required: true,
      value: this.getAttribute("credential") || "",
    });
    this.said = make("div", { className: "stack" });
    this.said.setAttribute("role", "status");
    const form = make("form", { className: "stack stack--loose" },
      ...this.fields,
      make("div", { className: "field" },
        make("label", { className: "field__label", htmlFor: "credential", textContent: this.dataset.credential }), credential),
      make("button", { type: "submit", className: "button", textContent: this.dataset.make }),
      this.said);
    form.addEventListener("submit", (event) => { event.preventDefault(); this.fill(credential.value); });
    return form;
  }

  question({ question, answers, blank, max }, i) {
    const type = max === 1 ? "radio" : "checkbox";
    const choice = (text, value) =>
      make("label", { className: "choice" }, make("input", { type, name: `question-${i}`, value }), ` ${text}`);
    const choices = [...answers.map(choice), ...(blank ? [choice(this.dataset.blank, "blank")] : [])];
    return make("fieldset", { className: "field" }, make("legend", { className: "field__label", textContent: question }),
      make("div", { className: "choices" }, ...choices));
  }

  async fill(credential) {
    const marks = this.fields.map((field) => {
      const boxes = [...field.querySelectorAll("input")];
      const marked = boxes.filter((box) => box.value !== "blank").map((box) => Number(box.checked));
      const isBlank = boxes.some((box) => box.value === "blank" && box.checked);
      return isBlank && !marked.includes(1) ? "blank" : isBlank ? [] : marked;
    });
    try {
      const begun = performance.now();
      const { text, tracker } = await this.booth.fill(credential, marks);
      const took = Math.round(performance.now() - begun);
      const ballot = make("textarea", { readOnly: true, rows: 6, value: text, className: "input" });
      ballot.setAttribute("aria-label", this.dataset.make);
      this.say(
        `${this.dataset.fingerprint} ${this.booth.fingerprint}`, `${this.dataset.tracker} ${tracker}`,
        this.dataset.took.replace("#", took).replace("#", Math.round(this.opened)), ballot);
    } catch (error) {
      this.say(error instanceof RangeError ? this.dataset.wrongMarks : this.dataset.wrongCredential);
    }
  }

  say(...lines) {
    this.said.replaceChildren(...lines.map((line) => (typeof line === "string" ? make("p", { textContent: line }) : line)));
  }
}

customElements.define("uh-booth", Booth);
