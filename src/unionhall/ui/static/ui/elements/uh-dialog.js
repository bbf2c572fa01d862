/**
 * <uh-dialog> opens the content of the <details> inside it as a modal dialog; without JavaScript it unfolds in place.
 *
 * The browser's own <dialog> gives the focus trap, Escape and the return of focus. data-close: the word on the button.
 */
class Dialog extends HTMLElement {
  connectedCallback() {
    const details = this.querySelector("details");
    const body = this.querySelector(".dialog__body");
    if (!details || !body || this.box) return;
    this.box = Object.assign(document.createElement("dialog"), { className: "dialog__box" });
    this.box.setAttribute("aria-labelledby", body.querySelector(".dialog__title")?.id || "");
    const close = Object.assign(document.createElement("button"), { type: "button", className: "button button--line" });
    close.textContent = this.dataset.close || "";
    close.addEventListener("click", () => this.box.close());
    const acts = body.querySelector(".dialog__acts") || body.appendChild(Object.assign(document.createElement("div"), { className: "dialog__acts" }));
    acts.append(close);
    this.box.append(body);
    this.append(this.box);
    const summary = details.querySelector("summary");
    summary.setAttribute("aria-haspopup", "dialog");
    summary.addEventListener("click", (event) => { event.preventDefault(); this.box.showModal(); });
    this.box.addEventListener("click", (event) => { if (event.target === this.box) this.box.close(); });
  }
}

customElements.define("uh-dialog", Dialog);
