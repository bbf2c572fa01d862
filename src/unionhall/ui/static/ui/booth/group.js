/**
 * The numbers of a ballot: the group BELENIOS-2048 and powers of a fixed base. Format: docs/rules/voting-format.md.
 * All bases a voter raises are g and the election's key y, so two tables do all the work. Every power takes the same
 * number of multiplications; what BigInt's own timing tells stays on the voter's device.
 */
export const P = BigInt("0xa3ef2d011fefb1b6e39e568fccdffb0fb7dc7ef3a791b6862791811d21fc35f21e6d36856b428030421f514ed40bfd4c06e092a495af8d79a2f85e0fb11c0ede07dd973f9c53e50930c6e82ac36de1ae3fb8c3aabfff12ce27a5022ddd8912d107435012768a2cdd0a4091d8fa447f6c7ebc15a349fa318a6b4fe17d8d47e843a3e14dfa9b2162f4d7229abe93a188b46b006517d6f6747ebbb29c9ec3099b607f18fb1a8bc858279aa8599411d998d3e3fada9e010840d082d8c31911acdd4a0e7992d0f18cc759cb5de0acf66a3882555bc810941e021b6a4ccfa04ee4008f878affa2375e2999b44f6cef17d707301e59e0e6351e051ed9cec4157646e64f");
export const G = BigInt("0x1307c1ab5f295885d7caa3a78a42415e31fd1c5807b61fb1e781878a52230a51988b98c259597f9c5a9dfd001d26ba31d9d8976f01d95a1c8262ee68a0e92cea541e5219e0d0d094301b894236823fe1d4bc04e29f3748aefd4f10d5b1a356a8643e673fd9d215fc8fe5fb9cf9fdb8ea88fdb1a3381a697fdf9c2458570b06d26aef1be365fdd90165f397c6b870df8c1b9e519edcee8bb0f74b7a1615a274ba60a7ea574a61f552d2dde0ce514e0927c4ff49b1964c4a913731ae4268d60d7f22127b6cbba44d453ac8b72fd04e0991b7aeff04867d8724ac638f5f34100d2d47aa680d43771902743d663f42d853c041e1c91fe3823f4bcf284308f1d7e653");
export const Q = BigInt("0xadb6066a73522565f4daa0f2579db7f2f0fa90c2168bc709e20263387d55c491");

const WINDOW = 5;
const ROWS = Math.ceil(256 / WINDOW);

/** x modulo q, never negative. */
export const modQ = (x) => ((x % Q) + Q) % Q;

/** The powers of a base that make every other power 52 multiplications. */
export function table(base) {
  const rows = [];
  for (let row = 0; row < ROWS; row++) {
    const powers = [1n];
    for (let i = 1; i < 1 << WINDOW; i++) powers.push((powers[i - 1] * base) % P);
    rows.push(powers);
    base = (powers.at(-1) * base) % P;
  }
  return rows;
}

/** A table's base to an exponent, 0 <= exponent < q. */
export function power(rows, exponent) {
  let result = 1n;
  for (const powers of rows) {
    result = (result * powers[Number(exponent & 31n)]) % P;
    exponent >>= 5n;
  }
  return result;
}

/** A fresh secret exponent, each of 0 ... q-1 as likely: a draw that is too large is thrown away. */
export function draw() {
  for (;;) {
    const bytes = crypto.getRandomValues(new Uint8Array(32));
    const found = number(bytes);
    if (found < Q) return found;
  }
}

/** Bytes as a number, the highest first. */
export const number = (bytes) => BigInt("0x" + Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(""));
