/** Hashes and the two families of proofs: "I know this secret", and "one of these claims holds". */
import { draw, modQ, number, P, power, Q } from "./group.js";

const utf8 = new TextEncoder();

/** SHA-256 of a text or of bytes. */
export const sha256 = async (data) =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", typeof data === "string" ? utf8.encode(data) : data));

/** The name of a text: SHA-256 in Base64 without padding. */
export const fingerprint = async (data) => btoa(String.fromCharCode(...(await sha256(data)))).replace(/=+$/, "");

const challenge = async (text) => number(await sha256(text)) % Q;

const proof = (c, r) => ({ challenge: String(c), response: String(r) });

/** A proof that the voter knows the secret behind a public key. g: the table of g. */
export async function knows(g, prefix, secret) {
  const w = draw();
  const c = await challenge(`${prefix}|${power(g, w)}`);
  return proof(c, modQ(w - secret * c));
}

/**
 * A proof that one of the claims holds, not telling which. claims: [{count, locked: {count, r}}], that a ciphertext
 * locks `count`, beside what it really locks. truth: which one holds. The others are played: their answers are drawn
 * first, and what must have been asked is worked out from them.
 */
export async function oneOf({ g, y }, prefix, claims, truth) {
  const played = claims.map(() => [draw(), draw()]);
  const w = draw();
  const said = claims.map(({ count, locked }, i) => {
    const [c, r] = played[i];
    const e = i === truth ? w : modQ(r + locked.r * c);
    const shift = i === truth ? 0n : modQ(BigInt(locked.count - count) * c);
    return [power(g, e), (power(y, e) * power(g, shift)) % P].join();
  });
  const others = played.reduce((sum, [c], i) => (i === truth ? sum : sum + c), 0n);
  const c = modQ((await challenge(`${prefix}|${said}`)) - others);
  played[truth] = [c, modQ(w - claims[truth].locked.r * c)];
  return played.map(([c, r]) => proof(c, r));
}
