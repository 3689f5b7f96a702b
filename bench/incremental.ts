import { readCalls, setLimitSpeed } from "@/scripts/main-job/sandbox-control";
import {
  endQuietRun,
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
 * What a run costs when nothing has changed: a company of as many records as asked for that both systems have, linked by a
 * first run, then a second run of which every call is counted by the sandbox.
 */
const CONTACTS = 1_000;
/** The first run ends with no limit in its way; the second keeps the vendors' own, sixty times faster than real. */
const SECOND_RUN_SPEED = 60;

export async function benchIncremental(options: { records: number; say: (line: string) => void }) {
  const invoices = Math.max(1, options.records - CONTACTS);
  const seed = { kind: "big", contacts: CONTACTS, invoices };
  return withDrivenCompany(
    { name: "incremental", seed, limitSpeed: NO_LIMITS, say: options.say },
    async ({ stack, access }) => {
      const { origin } = stack.sandbox;
      options.say(`The first run: ${options.records} records are read and linked`);
      const firstSeconds = await timed(async () => {
        const first = await readBothSides(access);
        await planAll(first);
        await postAll(access, first);
        await tieOutAll(first);
      });
      await setLimitSpeed(origin, SECOND_RUN_SPEED);
      const { seq } = await readCalls(origin);
      const before = await readCpuSeconds(stack.sandboxPid);
      options.say("The second run: nothing has changed");
      const seconds = await timed(async () => {
        const second = await readBothSides(access);
        await planAll(second);
        await endQuietRun(second);
      });
      const after = await readCpuSeconds(stack.sandboxPid);
      const { services } = await readCalls(origin, seq);
      const engine = after.engine - before.engine;
      const postgres = after.postgres - before.postgres;
      return {
        records: options.records,
        xeroCalls: services.xero.total,
        zohoCalls: services.zoho.total,
        cpuSeconds: round(engine + postgres, 2),
        engineCpuSeconds: round(engine, 2),
        postgresCpuSeconds: round(postgres, 2),
        seconds: round(seconds, 1),
        rateLimited: services.xero.rateLimited + services.zoho.rateLimited,
        firstRunSeconds: round(firstSeconds, 0),
        peakRssMb: await readPeaksMb(stack.sandboxPid),
        limitSpeed: SECOND_RUN_SPEED,
      };
    },
  );
}
