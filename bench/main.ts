import { parseArgs } from "node:util";
import { benchPosting } from "./posting";

/** `npm run bench -- <name>`: one benchmark; its result is the last line, in JSON. */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { orders: { type: "string" } },
});
const say = (line: string): void => void process.stderr.write(`${line}\n`);

switch (positionals[0]) {
  case "posting":
    process.stdout.write(`${JSON.stringify(await benchPosting({ orders: values.orders ?? null, say }))}\n`);
    break;
  default:
    process.stderr.write("Which benchmark? posting\n");
    process.exitCode = 2;
}
