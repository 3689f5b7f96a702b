import { parseArgs } from "node:util";
import { runChaos } from "./run-chaos";
import { isClean } from "./tally";

/**
 * `npm run chaos -- --trials N [--seed S] [--first K] [--only K] [--way back] [--poster naive]`: the result is the last line, in JSON.
 * Asked to end (SIGTERM) it lets the trial at work finish and tells the result so far; Ctrl+C ends it at once.
 */
const USAGE = `npm run chaos -- --trials N [--seed S] [--first K] [--only K] [--way out|back] [--poster product|naive]
  --trials N   how many trials (20)
  --seed S     what all choices come from (1); the same seed and number is the same trial
  --first K    number of the first trial (0)
  --only K     this trial alone
  --way W      out, to Xero and taken back; or back, what is done in Xero to Zoho Books (out)
  --poster P   product, or naive: one record a call, no intents, retried on error as others do it`;

const { values } = parseArgs({
  options: {
    trials: { type: "string", default: "20" },
    seed: { type: "string", default: "1" },
    first: { type: "string", default: "0" },
    only: { type: "string" },
    way: { type: "string", default: "out" },
    poster: { type: "string", default: "product" },
  },
});
const numbers = [values.trials, values.seed, values.first, values.only ?? "0"];
const isKnown =
  ["out", "back"].includes(values.way) &&
  // Others do not write back.
  (values.poster === "product" || (values.poster === "naive" && values.way === "out"));
if (numbers.some((text) => !/^\d{1,9}$/.test(text)) || !isKnown) {
  process.stderr.write(`${USAGE}\n`);
  process.exit(2);
}
const stopping = new AbortController();
process.once("SIGTERM", () => stopping.abort());

const tally = await runChaos({
  seed: Number(values.seed),
  first: Number(values.only ?? values.first),
  trials: values.only === undefined ? Number(values.trials) : 1,
  way: values.way === "back" ? "back" : "out",
  poster: values.poster === "naive" ? "naive" : "product",
  signal: stopping.signal,
  say: (line) => void process.stderr.write(`${line}\n`),
});
process.stdout.write(`${JSON.stringify(tally)}\n`);
process.exitCode = values.poster === "naive" || isClean(tally) ? 0 : 1;
