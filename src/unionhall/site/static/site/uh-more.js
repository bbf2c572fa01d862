/**
 * <uh-more> lets the link rel="next" of a list load the next page into the list. The link keeps the focus, or the last
 * new title takes it when there is no more; a voice tells what happened. Without JavaScript the link is a real page.
 */
class More extends HTMLElement {
  connectedCallback() {
    this.voice = document.createElement("p");
    this.voice.className = "vh";
    this.voice.setAttribute("role", "status");
    this.append(this.voice);
    this.addEventListener("click", (event) => {
      const link = event.target.closest('a[rel="next"]');
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.load(link);
    });
  }

  async load(link) {
    if (this.busy) return;
    this.busy = true;
    try {
      const answer = await fetch(link.href);
      if (!answer.ok) throw new Error(answer.status);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const items = [...page.querySelectorAll("uh-more > ul > li")];
      this.querySelector("ul").append(...items);
      const next = page.querySelector('uh-more a[rel="next"]');
      if (next) link.href = next.href;
      else {
        link.remove();
        items[0]?.querySelector("a")?.focus();
      }
      this.voice.textContent = next ? this.dataset.more : this.dataset.end;
    } catch {
      location.href = link.href;
    } finally {
      this.busy = false;
    }
  }
}

customElements.define("uh-more", More);
