// <uh-keys>: a letter or digit presses the button or follows the link that names it in data-key. Never while typing,
// nor together with a modifier; every act stays a plain button.
class Keys extends HTMLElement {
  connectedCallback() {
    this.pressed = (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return;
      if (event.target instanceof Element && event.target.closest("input, select, textarea, [contenteditable]")) return;
      const key = event.key.toLowerCase();
      if (!/^[a-z0-9]$/.test(key)) return;
      const found = document.querySelector(`[data-key~="${key}"]`);
      if (found === null || this.dataset.busy) return;
      event.preventDefault();
      this.dataset.busy = "";
      found.click();
    };
    document.addEventListener("keydown", this.pressed);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.pressed);
  }
}

customElements.define("uh-keys", Keys);
