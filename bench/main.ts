import { parseArgs } from "node:util";
import { benchPosting } from "./posting";
import { benchQuota } from "./quota";
import { benchRunner } from "./runner";
import { benchSandbox } from "./sandbox";

/** `npm run bench -- <name>`: one benchmark; its result is the last line, in JSON. */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    orders: { type: "string" },
    elements: { type: "string", default: "40000" },
    steps: { type: "string", default: "50000" },
  },
});
const say = (line: string): void => void process.stderr.write(`${line}\n`);

switch (positionals[0]) {
  case "posting":
    process.stdout.write(`${JSON.stringify(await benchPosting({ orders: values.orders ?? null, say }))}\n`);
    break;
  case "quota":
    process.stdout.write(`${JSON.stringify(await benchQuota({ say }))}\n`);
    break;
  case "runner":
    process.stdout.write(`${JSON.stringify(await benchRunner({ steps: Number(values.steps), say }))}\n`);
    break;
  case "sandbox":
    process.stdout.write(
      `${JSON.stringify(await benchSandbox({ elements: Number(values.elements), say }))}\n`,
    );
    break;
  default:
    process.stderr.write("Which benchmark? posting, quota, runner, sandbox\n");
    process.exitCode = 2;
}
