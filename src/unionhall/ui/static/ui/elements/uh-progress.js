/**
 * <uh-progress src="/hall/jobs/1.json"> keeps a <progress> and its <output> up to date while a job runs.
 *
 * The address answers {done, total, text, state}; when state is neither "waiting" nor "running" the page is loaded anew,
 * once, to show the outcome. Without JavaScript the page says what was true when it was loaded.
 */
const PAUSE = 1500;

class Progress extends HTMLElement {
  connectedCallback() { this.timer = setTimeout(() => this.ask(), PAUSE); }

  disconnectedCallback() { clearTimeout(this.timer); }

  async ask() {
    let wait = PAUSE;
    try {
      const answer = await fetch(this.getAttribute("src"), { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(answer.status);
      const job = await answer.json();
      const bar = this.querySelector("progress");
      if (job.total) { bar.max = job.total; bar.value = job.done; }
      this.querySelector("output").textContent = job.text || (job.total ? `${job.done} / ${job.total}` : "");
      if (!["waiting", "running"].includes(job.state)) return location.reload();
    } catch {
      wait = PAUSE * 4;
    }
    this.timer = setTimeout(() => this.ask(), wait);
  }
}

customElements.define("uh-progress", Progress);
