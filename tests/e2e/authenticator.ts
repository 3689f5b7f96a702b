import { createHmac } from "node:crypto";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/**
 * An authenticator app as a person has one on the phone (RFC 6238), written apart from the product's own, so that the
 * two can disagree. `stepsAhead` 1 is the code of the next half minute.
 */
export function readApp(key: string, stepsAhead = 0): string {
  let [bits, held] = [0, 0];
  const bytes: number[] = [];
  for (const letter of key.replaceAll(" ", "")) {
    bits = (bits << 5) | LETTERS.indexOf(letter);
    held += 5;
    if (held >= 8) {
      held -= 8;
      bytes.push((bits >> held) & 0xff);
      bits &= (1 << held) - 1;
    }
  }
  const counter = Buffer.alloc(8);
  counter.writeUInt32BE(Math.floor(Date.now() / 30_000) + stepsAhead, 4);
  const digest = createHmac("sha1", Buffer.from(bytes)).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}
