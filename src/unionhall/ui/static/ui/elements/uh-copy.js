/**
 * <uh-copy> puts a button beside its <code> that copies the text. data-copy, data-done: the words before and after.
 */
class Copy extends HTMLElement {
  connectedCallback() {
    const code = this.querySelector("code");
    if (!code || !navigator.clipboard || this.button) return;
    this.button = Object.assign(document.createElement("button"), { type: "button", className: "button button--line button--small" });
    this.button.textContent = this.dataset.copy || "";
    const status = Object.assign(document.createElement("span"), { className: "vh" });
    status.setAttribute("role", "status");
    this.button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(code.textContent.trim());
      this.button.textContent = status.textContent = this.dataset.done || "";
      setTimeout(() => { this.button.textContent = this.dataset.copy || ""; status.textContent = ""; }, 4000);
    });
    this.append(this.button, status);
  }
}

customElements.define("uh-copy", Copy);
