import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Connector } from "@/lib/connectors/contract/connector";
import { ConnectorError } from "@/lib/connectors/contract/connector-error";
import { invariant } from "@/lib/kernel/invariant";
import { openConnection } from "@/lib/operations/connections/open-connection";
import { closeRuntime, getRuntime } from "@/lib/operations/runtime";
import { forecastSeconds } from "@/lib/quota/forecast";
import { readPace } from "@/lib/quota/read-pace";
import { connect, signUp } from "@/scripts/main-job/owner";
import { readCalls, seedSandbox, setLimitSpeed } from "@/scripts/main-job/sandbox-control";
import { startStack } from "@/scripts/stack";
import { percentile, round } from "./figures";

/**
 * A back-fill of 25,000 documents, 50 a call, beside live changes, with Xero's limits run faster than real: which share of
 * the minute limit is used from the first call of the back-fill to its last, whether Xero ever said 429, how far off the
 * time was that the product told beforehand, and how long a live change took. All times are in the vendor's seconds, so
 * that whatever this machine itself takes for a call counts five times.
 */
const SPEED = 5;
const DOCUMENTS = 25_000;
const BATCH = 50;
const AT_ONCE = 4;
const LIVE_A_MINUTE = 6;
const PER_MINUTE = 60;

export async function benchQuota(options: { say: (line: string) => void }) {
  const dir = await mkdtemp(join(tmpdir(), "tieout-bench-quota-"));
  const stack = await startStack({
    dir,
    limitSpeed: SPEED,
    durable: false,
    settleMs: 2_000,
    say: options.say,
  });
  Object.assign(process.env, stack.env);
  try {
    await seedSandbox(stack.sandbox.origin, { kind: "demo-company" });
    const access = await signUp("bench@tidewatergifts.test");
    await connect(access, "xero", "global");
    const runtime = await getRuntime();
    const ledger = await runtime.database.withWorkspace(access.workspaceId, (tx) =>
      tx.connection.findFirstOrThrow({ where: { connectorId: "xero" } }),
    );
    const open = async (lane: "live" | "backfill"): Promise<Connector> =>
      (await openConnection(runtime, access.workspaceId, ledger.id, { lane, permitWaitMaxMs: 600_000 }))
        .connector;
    await setLimitSpeed(stack.sandbox.origin, SPEED);
    // What connecting used is over before the measuring begins.
    await delay(61_000 / SPEED);
    options.say("Back-fill beside live changes");
    const pace = () =>
      runtime.database.withWorkspace(access.workspaceId, (tx) =>
        readPace(tx, ledger.id, runtime.clock.now()),
      );
    return await measure(stack.sandbox.origin, await open("backfill"), await open("live"), pace);
  } finally {
    await closeRuntime();
    await stack.stop();
    await rm(dir, { recursive: true, force: true });
  }
}

async function measure(
  origin: string,
  backfill: Connector,
  live: Connector,
  pace: () => ReturnType<typeof readPace>,
) {
  const calls = DOCUMENTS / BATCH;
  const state = { left: calls, ended: false };
  const waits: number[] = [];
  const changes = sendLive(live, state, waits);
  // Live changes were there before the back-fill, and the product has seen a minute of them.
  await delay(61_000 / SPEED);
  const { seq } = await readCalls(origin);
  const predicted = forecastSeconds(calls, await pace());
  const started = performance.now();
  await Promise.all(Array.from({ length: AT_ONCE }, () => sendBackfill(backfill, state)));
  const seconds = ((performance.now() - started) / 1000) * SPEED;
  state.ended = true;
  await changes;
  const { services } = await readCalls(origin, seq);
  const made = services.xero.writes + services.xero.reads;
  return {
    documents: DOCUMENTS,
    calls: made,
    liveCalls: waits.length,
    utilisation: round(made / ((seconds / 60) * PER_MINUTE), 3),
    // The same, had the first minute's calls all gone at once, as they may where nobody else is about.
    utilisationWithBurst: round(made / (PER_MINUTE + (seconds / 60) * PER_MINUTE), 3),
    rateLimited: services.xero.rateLimited,
    etaErrorPct: round((Math.abs(predicted - seconds) / seconds) * 100, 1),
    liveP95Seconds: round(percentile(waits, 0.95), 1),
    vendorSeconds: round(seconds, 0),
    limitSpeed: SPEED,
  };
}

/** Contacts stand for documents: a call of 50 is a call of 50, and the sandbox is not what is measured. */
async function sendBackfill(connector: Connector, state: { left: number }): Promise<void> {
  while (state.left > 0) {
    state.left -= 1;
    await send(connector, BATCH);
  }
}

async function sendLive(connector: Connector, state: { ended: boolean }, waits: number[]): Promise<void> {
  const pending: Promise<void>[] = [];
  while (!state.ended) {
    await delay((60_000 / LIVE_A_MINUTE / SPEED) * (0.5 + Math.random()));
    if (state.ended) break;
    const asked = performance.now();
    pending.push(
      send(connector, 1).then(() => {
        waits.push(((performance.now() - asked) / 1000) * SPEED);
      }),
    );
  }
  await Promise.all(pending);
}

let sent = 0;

async function send(connector: Connector, count: number): Promise<void> {
  const elements = Array.from({ length: count }, () => {
    sent += 1;
    return {
      intentId: `quota-${sent}`,
      externalId: null,
      record: {
        recordType: "contact" as const,
        externalId: String(sent),
        version: "",
        name: `Quota ${sent}`,
        firstName: "",
        lastName: "",
        email: "",
        phone: "",
        isCustomer: true,
        isSupplier: false,
        currency: null,
        address: null,
        active: true,
        marker: `T-00000000-${sent}`,
      },
    };
  });
  try {
    const outcomes = await connector.apply({
      recordType: "contact",
      verb: "create",
      idempotencyKey: `quota-${sent}`,
      elements,
    });
    invariant(outcomes[0]?.kind === "applied", `a contact is applied, not ${outcomes[0]?.kind}`);
  } catch (thrown) {
    // Counted by the sandbox as what it is; the call is not made again.
    if (!(thrown instanceof ConnectorError && thrown.kind === "rateLimited")) throw thrown;
  }
}
