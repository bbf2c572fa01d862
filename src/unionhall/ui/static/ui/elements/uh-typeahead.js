/**
 * <uh-typeahead src="/find/"> makes a list of suggestions of a text input (WAI-ARIA combobox with list autocomplete).
 *
 * Inside: one text input, and optionally one hidden input that receives the id of the chosen line. The server answers
 * `src?q=...` with [{id, name, line}] or with HTML `<li data-id data-name>`. Keys: arrows, Home/End as in any field,
 * Enter chooses, Escape closes, Tab leaves the text as typed. Words come from data-one, data-many (# is the count),
 * data-none, data-chosen, data-list. Without JavaScript the input is an ordinary field.
 */
const WAIT = 160;
let serial = 0;

class Typeahead extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input:not([type=hidden])");
    this.hidden_ = this.querySelector("input[type=hidden]");
    if (!this.input || this.list) return;
    const id = `uh-typeahead-${++serial}`;
    this.list = Object.assign(document.createElement("ul"), { id, className: "typeahead__list", hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.dataset.list || "");
    this.status = Object.assign(document.createElement("p"), { className: "vh" });
    this.status.setAttribute("role", "status");
    this.append(this.list, this.status);
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id, autocomplete: "off",
    })) this.input.setAttribute(name, value);
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => this.close());
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.choose(event.target.closest("[role=option]")));
  }

  typed() {
    if (this.hidden_) this.hidden_.value = "";
    clearTimeout(this.timer);
    this.asked?.abort();
    const text = this.input.value.trim();
    if (text.length < 2) { this.status.textContent = ""; return this.close(); }
    this.timer = setTimeout(() => this.ask(text), WAIT);
  }

  async ask(text) {
    const address = new URL(this.getAttribute("src"), location.href);
    address.searchParams.set("q", text);
    this.asked = new AbortController();
    try {
      const answer = await fetch(address, { signal: this.asked.signal, headers: { Accept: "application/json, text/html" } });
      if (!answer.ok) return this.close();
      const json = answer.headers.get("Content-Type")?.includes("json");
      this.show(json ? await answer.json() : this.read(await answer.text()), text);
    } catch (error) {
      if (error.name !== "AbortError") this.close();
    }
  }

  read(html) {
    const items = new DOMParser().parseFromString(html, "text/html").querySelectorAll("[data-id]");
    return [...items].map((item) => ({
      id: item.dataset.id, name: item.dataset.name || item.textContent.trim(), line: item.dataset.line || "",
    }));
  }

  show(found, text) {
    this.list.replaceChildren(...found.map((item, index) => this.option(item, index, text)));
    if (!found.length) {
      const none = Object.assign(document.createElement("li"), { className: "typeahead__none" });
      none.textContent = this.dataset.none || "";
      none.setAttribute("role", "presentation");
      this.list.append(none);
    }
    this.at = -1;
    this.input.removeAttribute("aria-activedescendant");
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", String(found.length > 0));
    const words = found.length === 1 ? this.dataset.one : found.length ? this.dataset.many : this.dataset.none;
    this.status.textContent = (words || "").replace("#", found.length);
  }

  option(item, index, text) {
    const line = document.createElement("li");
    line.id = `${this.list.id}-${index}`;
    line.setAttribute("role", "option");
    line.setAttribute("aria-selected", "false");
    Object.assign(line.dataset, { id: item.id, name: item.name });
    const start = item.name.toLowerCase().indexOf(text.toLowerCase());
    const mark = document.createElement("mark");
    const name = document.createElement("span");
    if (start < 0) name.textContent = item.name;
    else {
      mark.textContent = item.name.slice(start, start + text.length);
      name.append(item.name.slice(0, start), mark, item.name.slice(start + text.length));
    }
    line.append(name);
    if (item.line) line.append(Object.assign(document.createElement("small"), { textContent: item.line }));
    return line;
  }

  key(event) {
    const options = this.list.querySelectorAll("[role=option]");
    if (event.key === "Escape" && !this.list.hidden) { event.preventDefault(); return this.close(); }
    if (event.key === "Enter" && this.at >= 0 && !this.list.hidden) { event.preventDefault(); return this.choose(options[this.at]); }
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!move || event.altKey) return;
    event.preventDefault();
    if (this.list.hidden || !options.length) return this.typed();
    this.at = this.at < 0 ? (move > 0 ? 0 : options.length - 1) : (this.at + move + options.length) % options.length;
    options.forEach((option, index) => option.setAttribute("aria-selected", String(index === this.at)));
    options[this.at].scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", options[this.at].id);
  }

  choose(option) {
    if (!option) return;
    this.input.value = option.dataset.name;
    if (this.hidden_) this.hidden_.value = option.dataset.id;
    this.close();
    this.status.textContent = `${this.dataset.chosen || ""} ${option.dataset.name}`.trim();
    this.dispatchEvent(new CustomEvent("uh-chosen", { bubbles: true, detail: { id: option.dataset.id } }));
  }

  close() {
    clearTimeout(this.timer);
    this.asked?.abort();
    this.list.hidden = true;
    this.at = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

customElements.define("uh-typeahead", Typeahead);
