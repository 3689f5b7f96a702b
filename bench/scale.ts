import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { invariant } from "@/lib/kernel/invariant";
import { HEAP_LIMIT } from "@/scripts/stack";
import {
  addInvoices,
  NO_LIMITS,
  planAll,
  postAll,
  readBothSides,
  tieOutAll,
  withDrivenCompany,
} from "./driven-company";
import { round } from "./figures";
import { timed } from "./posting";
import { readCpuSeconds, readPeaksMb } from "./process-figures";

/**
 * Whether a company ten times as large takes ten times as long, and no more memory: plan, post, read back and tie out, with
 * no limit in the way. Each size has a process, a database and a sandbox of its own.
 */
const SEEDED = { contacts: 200, invoices: 30 };

const measuredSchema = z.object({
  n: z.number(),
  planSeconds: z.number(),
  postSeconds: z.number(),
  tieOutSeconds: z.number(),
  cpuSeconds: z.number(),
  peaks: z.object({ engine: z.number(), sandbox: z.number(), postgres: z.number() }),
});
type Measured = z.output<typeof measuredSchema>;

export async function benchScale(options: { sizes: readonly number[]; say: (line: string) => void }) {
  const all: Measured[] = [];
  for (const n of options.sizes) {
    all.push(await measureApart(n));
    options.say(JSON.stringify(all.at(-1)));
  }
  const perThousand = (seconds: (one: Measured) => number): number[] =>
    all.map((one) => round(seconds(one) / (one.n / 1_000), 3));
  return {
    n: all.map((one) => one.n),
    secondsPerThousand: perThousand((one) => one.planSeconds + one.postSeconds + one.tieOutSeconds),
    planSecondsPerThousand: perThousand((one) => one.planSeconds),
    postSecondsPerThousand: perThousand((one) => one.postSeconds),
    tieOutSecondsPerThousand: perThousand((one) => one.tieOutSeconds),
    cpuSecondsPerThousand: perThousand((one) => one.cpuSeconds),
    rssMb: all.map((one) => one.peaks.engine),
    postgresRssMb: all.map((one) => one.peaks.postgres),
    sandboxRssMb: all.map((one) => one.peaks.sandbox),
  };
}

async function measureApart(n: number): Promise<Measured> {
  const child = spawn(
    process.execPath,
    [HEAP_LIMIT, "--import", "tsx", "bench/main.ts", "scale-one", "--documents", String(n)],
    { cwd: fileURLToPath(new URL("..", import.meta.url)), stdio: ["ignore", "pipe", "inherit"] },
  );
  const printed = await text(child.stdout);
  const last = printed.trim().split("\n").at(-1);
  invariant(last, `the benchmark of ${n} documents ended without a result`);
  return measuredSchema.parse(JSON.parse(last));
}

export function measureScale(n: number, say: (line: string) => void): Promise<Measured> {
  const seed = { kind: "big", ...SEEDED };
  return withDrivenCompany({ name: "scale", seed, limitSpeed: NO_LIMITS, say }, async ({ stack, access }) => {
    const ref = await readBothSides(access);
    await addInvoices(access, { first: 1, count: n });
    const before = await readCpuSeconds(stack.sandboxPid);
    say(`Planning ${n} invoices`);
    const planSeconds = await timed(() => planAll(ref));
    say("Posting them");
    const postSeconds = await timed(() => postAll(access, ref));
    say("Tying out");
    const tieOutSeconds = await timed(() => tieOutAll(ref));
    const after = await readCpuSeconds(stack.sandboxPid);
    const cpuSeconds = after.engine - before.engine + after.postgres - before.postgres;
    return {
      n,
      planSeconds,
      postSeconds,
      tieOutSeconds,
      cpuSeconds,
      peaks: await readPeaksMb(stack.sandboxPid),
    };
  });
}
