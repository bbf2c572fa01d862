/**
 * <uh-proof src="/proof/?form=join"> does a little work while a form is filled in, so that ten thousand forms are dear.
 *
 * Inside: one hidden input. The server answers {challenge, bits}; we look for the number that, written after the 64
 * signs of the challenge, has a SHA-256 of so many leading zero bits, and put "challenge:number" into the input. The
 * work begins when somebody touches the form, in slices of a few milliseconds, on the page itself: no worker to load.
 * A form that is sent sooner waits a moment, and is sent without it after that. Without JavaScript a code is asked for.
 */
const SLICE = 10, PATIENCE = 4000;
const K = new Int32Array(64), H = new Int32Array(8), W = new Int32Array(64), OUT = new Int32Array(8);

function prepare() {
  let found = 0;
  for (let n = 2; found < 64; n++) {
    let prime = true;
    for (let d = 2; d * d <= n; d++) if (n % d === 0) { prime = false; break; }
    if (!prime) continue;
    if (found < 8) H[found] = (Math.sqrt(n) % 1) * 4294967296 | 0;
    K[found++] = (Math.cbrt(n) % 1) * 4294967296 | 0;
  }
}

function block(state, into) {
  let a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6], h = state[7];
  for (let i = 16; i < 64; i++) {
    const x = W[i - 15], y = W[i - 2];
    const s0 = (x >>> 7 | x << 25) ^ (x >>> 18 | x << 14) ^ x >>> 3;
    const s1 = (y >>> 17 | y << 15) ^ (y >>> 19 | y << 13) ^ y >>> 10;
    W[i] = W[i - 16] + s0 + W[i - 7] + s1 | 0;
  }
  for (let i = 0; i < 64; i++) {
    const s1 = (e >>> 6 | e << 26) ^ (e >>> 11 | e << 21) ^ (e >>> 25 | e << 7);
    const t1 = h + s1 + (e & f ^ ~e & g) + K[i] + W[i] | 0;
    const s0 = (a >>> 2 | a << 30) ^ (a >>> 13 | a << 19) ^ (a >>> 22 | a << 10);
    const t2 = s0 + (a & b ^ a & c ^ b & c) | 0;
    h = g; g = f; f = e; e = d + t1 | 0; d = c; c = b; b = a; a = t1 + t2 | 0;
  }
  into[0] = state[0] + a; into[1] = state[1] + b; into[2] = state[2] + c; into[3] = state[3] + d;
  into[4] = state[4] + e; into[5] = state[5] + f; into[6] = state[6] + g; into[7] = state[7] + h;
  return into;
}

function middle(challenge) {
  for (let i = 0; i < 16; i++) {
    W[i] = 0;
    for (let j = 0; j < 4; j++) W[i] = W[i] << 8 | challenge.charCodeAt(i * 4 + j);
  }
  return block(H, new Int32Array(8));
}

function zeros(state, number) {
  const digits = String(number), last = digits.length;
  W.fill(0, 0, 16);
  for (let i = 0; i < last; i++) W[i >> 2] |= digits.charCodeAt(i) << 24 - (i & 3) * 8;
  W[last >> 2] |= 128 << 24 - (last & 3) * 8;
  W[15] = (64 + last) * 8;
  const hash = block(state, OUT);
  let bits = 0;
  for (const word of hash) {
    bits += Math.clz32(word);
    if (word) break;
  }
  return bits;
}

class Proof extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input");
    this.form = this.closest("form");
    if (!this.input || !this.form || this.listens) return;
    this.listens = true;
    this.form.addEventListener("focusin", () => this.start(), { once: true });
    this.form.addEventListener("submit", (event) => this.hold(event));
    addEventListener("pageshow", (event) => { if (event.persisted) { this.input.value = ""; this.work = this.given = null; } });
  }

  start() {
    this.work ||= this.input.value ? Promise.resolve() : this.solve().catch(() => {});
    return this.work;
  }

  async solve() {
    const begun = performance.now();
    const answer = await fetch(this.getAttribute("src"), { headers: { Accept: "application/json" } });
    const { challenge, bits } = await answer.json();
    if (!K[0]) prepare();
    const state = middle(challenge);
    for (let number = 0; !this.given;) {
      const until = performance.now() + SLICE;
      while (performance.now() < until) {
        for (const stop = number + 200; number < stop; number++) {
          if (zeros(state, number) < bits) continue;
          this.input.value = `${challenge}:${number}`;
          this.dataset.tries = number + 1;
          this.dataset.ms = Math.round(performance.now() - begun);
          return;
        }
      }
      await new Promise((go) => setTimeout(go));
    }
  }

  hold(event) {
    if (this.input.value || this.given) return;
    event.preventDefault();
    const button = event.submitter;
    const send = () => {
      if (this.given) return;
      this.given = true;
      this.form.requestSubmit ? this.form.requestSubmit(button) : this.form.submit();
    };
    this.start().then(send);
    setTimeout(send, PATIENCE);
  }
}

customElements.define("uh-proof", Proof);
