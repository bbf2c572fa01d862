// <uh-keys>: a letter or digit presses the button, marks the box or follows the link that names it in data-key, "shift+2"
// for a digit together with shift. Never while typing, nor with another modifier; every act stays a plain button.
const TYPING = "input:not([type=radio], [type=checkbox]), select, textarea, [contenteditable]";

const named = (event) => {
  const digit = /^Digit([1-9])$/.exec(event.code);
  if (digit) return event.shiftKey ? `shift+${digit[1]}` : digit[1];
  const key = event.key.toLowerCase();
  return /^[a-z0-9]$/.test(key) && !event.shiftKey ? key : "";
};

class Keys extends HTMLElement {
  connectedCallback() {
    this.pressed = (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return;
      if (event.target instanceof Element && event.target.closest(TYPING)) return;
      const key = named(event);
      const found = key && document.querySelector(`[data-key~="${key}"]`);
      if (!found || "busy" in this.dataset) return;
      event.preventDefault();
      if (!(found instanceof HTMLInputElement)) this.dataset.busy = "";
      found.click();
    };
    document.addEventListener("keydown", this.pressed);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.pressed);
  }
}

customElements.define("uh-keys", Keys);
