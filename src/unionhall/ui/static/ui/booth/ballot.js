/**
 * Makes a ballot on the voter's own device: choices locked, proved, signed. Nothing but the finished ballot leaves it.
 *
 *   const booth = await open(electionBytes);          // tables and fingerprint, once
 *   const ballot = await booth.fill(credential, marks); // {text, tracker}
 *
 * marks: one entry a question, an array with 0 or 1 an answer, or "blank". Throws a RangeError for marks that the
 * question does not allow and a TypeError for a credential with a typing error.
 */
import { draw, G, modQ, number, P, power, Q, table } from "./group.js";
import { fingerprint, knows, oneOf } from "./proofs.js";

const BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const utf8 = new TextEncoder();

/** Whether this browser can make a ballot at all. */
export const isAble = () => typeof BigInt === "function" && Boolean(globalThis.crypto?.subtle);

/** An election, ready to vote in. bytes: the election's record, exactly as published. */
export async function open(bytes) {
  const election = JSON.parse(new TextDecoder().decode(bytes));
  if (election.version !== 1 || election.group !== "BELENIOS-2048") throw new TypeError("unknown format");
  const key = { g: table(G), y: table(BigInt(election.public_key)) };
  const name = await fingerprint(bytes);
  return { election, fingerprint: name, fill: (credential, marks) => fill(election, name, key, credential, marks) };
}

async function fill(election, name, key, credential, marks) {
  const secret = await signingKey(credential, election.uuid);
  const voter = String(power(key.g, secret));
  const answers = [];
  for (const [i, question] of election.questions.entries())
    answers.push(await answer(key, question, marks[i], `${name}|${voter}`));
  const ballot = { election_uuid: election.uuid, election_hash: name, credential: voter, answers };
  const hash = await fingerprint(JSON.stringify(ballot));
  ballot.signature = { hash, proof: await knows(key.g, `sig|${hash}`, secret) };
  const text = JSON.stringify(ballot);
  return { text, tracker: await fingerprint(text) };
}

/** The private key a credential stands for in one election. */
async function signingKey(credential, uuid) {
  const digits = [...credential.replace(/[-\s]/g, "")].map((character) => BASE58.indexOf(character));
  const value = digits.slice(0, 14).reduce((sum, digit) => sum * 58n + BigInt(digit), 0n);
  const isSound = digits.length === 15 && !digits.includes(-1) && (value + BigInt(digits[14])) % 53n === 0n && digits[14] > 0 && digits[14] < 54;
  if (!isSound) throw new TypeError("credential");
  const typed = digits.map((digit) => BASE58[digit]).join("").match(/.{3}/g).join("-");
  const material = await crypto.subtle.importKey("raw", utf8.encode(typed), "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: utf8.encode(uuid), iterations: 1000 };
  return number(new Uint8Array(await crypto.subtle.deriveBits(how, material, 256))) % Q;
}

/** The numbers to lock, blank first where the question allows it. */
function numbers({ answers, blank, min, max }, marks) {
  const isBlank = marks === "blank";
  const marked = isBlank ? answers.map(() => 0) : marks;
  const sum = marked.reduce((a, b) => a + b, 0);
  const right = marked.length === answers.length && marked.every((mark) => mark === 0 || mark === 1);
  if (!right || (isBlank ? !blank : sum < min || sum > max)) throw new RangeError("marks");
  return blank ? [Number(isBlank), ...marked] : marked;
}

async function answer(key, question, marks, bound) {
  const locked = numbers(question, marks).map((count) => lock(key, count));
  const choices = locked.map(({ alpha, beta }) => ({ alpha: String(alpha), beta: String(beta) }));
  const individual_proofs = [];
  for (const one of locked) individual_proofs.push(
    await oneOf(key, `prove|${bound}|${pair(one)}`, [0, 1].map((count) => ({ count, locked: one })), one.count));
  const first = question.blank ? 1 : 0;
  const total = locked.slice(first).reduce(add);
  const said = `${bound}|${locked.map(pair)}`;
  const range = [];
  for (let count = question.min; count <= question.max; count++) range.push({ count, locked: total });
  if (!first) {
    const prefix = `prove|${said}|${pair(total)}`;
    return { choices, individual_proofs, overall_proof: await oneOf(key, prefix, range, total.count - question.min) };
  }
  const [blank] = locked;
  const overall = [{ count: 1, locked: blank }, ...range];
  const either = [{ count: 0, locked: blank }, { count: 0, locked: total }];
  return {
    choices,
    individual_proofs,
    overall_proof: await oneOf(key, `bproof1|${said}`, overall, blank.count ? 0 : 1 + total.count - question.min),
    blank_proof: await oneOf(key, `bproof0|${said}`, either, blank.count),
  };
}

function lock({ g, y }, count) {
  const r = draw();
  return { count, r, alpha: power(g, r), beta: (power(y, r) * (count ? G : 1n)) % P };
}

const add = (a, b) => ({
  count: a.count + b.count, r: modQ(a.r + b.r), alpha: (a.alpha * b.alpha) % P, beta: (a.beta * b.beta) % P,
});

const pair = ({ alpha, beta }) => `${alpha},${beta}`;
