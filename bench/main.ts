import { parseArgs } from "node:util";
import { benchIncremental } from "./incremental";
import { benchPosting } from "./posting";
import { benchOrders } from "./posting-orders";
import { benchQuota } from "./quota";
import { benchRunner } from "./runner";
import { benchSandbox } from "./sandbox";
import { benchScale, measureScale } from "./scale";
import { benchWeb } from "./web";
import { benchWebhook } from "./webhook";

/** `npm run bench -- <name>`: one benchmark; its result is the last line, in JSON. */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    orders: { type: "string" },
    documents: { type: "string", default: "20000" },
    records: { type: "string" },
    seconds: { type: "string", default: "30" },
    full: { type: "boolean", default: false },
    elements: { type: "string", default: "40000" },
    steps: { type: "string", default: "50000" },
  },
});
const say = (line: string): void => void process.stderr.write(`${line}\n`);
const documents = Number(values.documents);

const BENCHES: Readonly<Record<string, () => Promise<object>>> = {
  posting: () =>
    values.orders === undefined
      ? benchPosting({ documents, say })
      : benchOrders({ orders: values.orders, say }),
  quota: () => benchQuota({ say }),
  webhook: () => benchWebhook({ seconds: Number(values.seconds), say }),
  incremental: () => benchIncremental({ records: Number(values.records ?? 100_000), say }),
  web: () => benchWeb({ records: Number(values.records ?? 1_000_000), say }),
  scale: () => benchScale({ sizes: [10_000, 100_000, ...(values.full ? [1_000_000] : [])], say }),
  runner: () => benchRunner({ steps: Number(values.steps), say }),
  sandbox: () => benchSandbox({ elements: Number(values.elements), say }),
  // One size of `scale`, in a process of its own.
  "scale-one": () => measureScale(documents, say),
};

const bench = BENCHES[positionals[0] ?? ""];
if (bench) process.stdout.write(`${JSON.stringify(await bench())}\n`);
else {
  process.stderr.write(
    "Which benchmark? posting, quota, webhook, incremental, scale, runner, sandbox, web\n",
  );
  process.exitCode = 2;
}
