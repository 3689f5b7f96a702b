import { countWritesFloor } from "@/scripts/main-job/report";
import { readCalls, setLimitSpeed } from "@/scripts/main-job/sandbox-control";
import { addInvoices, NO_LIMITS, planAll, postAll, readBothSides, withDrivenCompany } from "./driven-company";
import { round } from "./figures";
import { postOneByOne } from "./post-one-by-one";
import { readCpuSeconds, readPeaksMb } from "./process-figures";
import { measureQuarters } from "./quarters";

/**
 * Documents a second through plan, intents, post and record, while the sandbox answers at once: invoices of one to three
 * lines, as if they had been read. Beside it the same documents one a call, five calls at once: through the same budget, and
 * once more with no limit in the way of either. Limits run forty times faster than real while anything is posted.
 */
const POSTING_SPEED = 40;
const SEEDED = { contacts: 200, invoices: 30 };

export async function benchPosting(options: { documents: number; say: (line: string) => void }) {
  const seed = { kind: "big", ...SEEDED };
  return withDrivenCompany(
    { name: "posting", seed, limitSpeed: NO_LIMITS, say: options.say },
    async ({ stack, access }) => {
      const { origin } = stack.sandbox;
      const ref = await readBothSides(access);
      await addInvoices(access, { first: 1, count: options.documents });
      await setLimitSpeed(origin, POSTING_SPEED);
      const cpuBefore = await readCpuSeconds(stack.sandboxPid);
      options.say(`Planning ${options.documents} invoices`);
      const planned = await timed(() => planAll(ref));
      const { seq } = await readCalls(origin);
      options.say("Posting them");
      const posted = await timed(() => postAll(access, ref));
      const cpu = await readCpuSeconds(stack.sandboxPid);
      const { services } = await readCalls(origin, seq);
      const { writesFloor } = await countWritesFloor(access);
      const perSecond = options.documents / (planned + posted);
      options.say("The same, one document a call");
      const oneByOne = await postOneByOne(access, origin, "one");
      await setLimitSpeed(origin, NO_LIMITS);
      const unlimited = await postOneByOne(access, origin, "free");
      return {
        documents: options.documents,
        documentsPerSecond: round(perSecond, 1),
        planSeconds: round(planned, 2),
        postSeconds: round(posted, 2),
        cpuMsADocument: cpuMsEach(options.documents, cpuBefore, cpu),
        writeCalls: services.xero.writes,
        writesFloor,
        ratio: round(services.xero.writes / writesFloor, 3),
        ...(await measureQuarters(access, ref.runId)),
        rateLimited: services.xero.rateLimited,
        peakRssMb: await readPeaksMb(stack.sandboxPid),
        oneByOne,
        timesOneByOne: round(perSecond / oneByOne.documentsPerSecond, 1),
        oneByOneWithoutLimits: unlimited,
        timesOneByOneWithoutLimits: round(perSecond / unlimited.documentsPerSecond, 1),
        limitSpeed: POSTING_SPEED,
      };
    },
  );
}

/** Seconds that some work took. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

type Cpu = Awaited<ReturnType<typeof readCpuSeconds>>;

const cpuMsEach = (documents: number, before: Cpu, after: Cpu): Record<string, number> =>
  Object.fromEntries(
    (["engine", "sandbox", "postgres"] as const).map((name) => [
      name,
      round(((after[name] - before[name]) * 1000) / documents, 3),
    ]),
  );
