import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { invariant } from "@/lib/kernel/invariant";
import { TIDEWATER_TENANT_ID } from "@/sandbox/seed/xero-organisation";
import { connectXero, type TestClient } from "@/sandbox/xero/test-client";
import { readPeakMemory } from "@/scripts/main-job/memory";
import { endProcess } from "@/scripts/stack";
import { percentile, round } from "./figures";

/**
 * How many invoices a second the sandbox accepts over HTTP in batches of 50 while it keeps them on disk; then it is
 * killed in the middle of the load, started again on the same folder, and asked for everything that it had answered,
 * and for the answers to keys that it had given before. Limits run out of the way; everything else is as always.
 */
const BATCH = 50;
const AT_ONCE = 4;
const CONTACTS = 200;
const LIMIT_SPEED = 1_000_000;
const READY_TIMEOUT_MS = 60_000;

interface Batch {
  readonly key: string;
  readonly numbers: readonly string[];
  readonly body: string;
}

interface Acknowledged extends Batch {
  readonly endedMs: number;
  readonly tookMs: number;
  readonly answer: string;
}

const root = fileURLToPath(new URL("..", import.meta.url));

export async function benchSandbox(options: { elements: number; say: (line: string) => void }) {
  const dir = await mkdtemp(join(tmpdir(), "tieout-bench-sandbox-"));
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  let running = await startSandboxProcess(dir, 0);
  try {
    const client = await connectXero(running.origin);
    const contactIds = await makeContacts(client);
    options.say(`Posting ${options.elements} invoices, ${BATCH} a call, ${AT_ONCE} at once`);
    const load = postUntilDead(agent, client, running.origin, contactIds, options.elements);
    const startedMs = performance.now();
    await load.reached;
    const cpuSeconds = await readCpuSeconds(running.child);
    const peak = await readPeakMemory(running.child.pid ?? 0);
    options.say("Killing it in the middle of the load");
    await endProcess(running.child, "SIGKILL");
    const { acknowledged, unanswered } = await load.ended;

    options.say("Starting it again on the same folder");
    const restartedMs = performance.now();
    running = await startSandboxProcess(dir, Number(new URL(running.origin).port));
    const restartSeconds = (performance.now() - restartedMs) / 1000;
    const survival = await checkSurvival(agent, client, running.origin, acknowledged, unanswered);

    const counted = acknowledged.slice(0, Math.ceil(options.elements / BATCH));
    const seconds = (Math.max(...counted.map(({ endedMs }) => endedMs)) - startedMs) / 1000;
    const quarters = quartersOf(counted, startedMs);
    return {
      invoicesPerSecond: round((counted.length * BATCH) / seconds, 1),
      elements: counted.length * BATCH,
      seconds: round(seconds, 2),
      cpuSeconds,
      p95Ms: round(
        percentile(
          counted.map(({ tookMs }) => tookMs),
          0.95,
        ),
        1,
      ),
      ...quarters,
      peakRssMb: peak?.peakRssMb ?? null,
      peakRssProcess: peak?.name ?? null,
      restartSeconds: round(restartSeconds, 2),
      ...survival,
    };
  } finally {
    agent.destroy();
    await endProcess(running.child);
    await rm(dir, { recursive: true, force: true });
  }
}

async function startSandboxProcess(
  dir: string,
  port: number,
): Promise<{ child: ChildProcess; origin: string }> {
  const flags = [
    "--port",
    String(port),
    "--state",
    dir,
    "--limit-speed",
    String(LIMIT_SPEED),
    "--seed",
    "empty",
  ];
  const child = spawn(process.execPath, ["--import", "tsx", "sandbox/server.ts", ...flags], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const line of createInterface({
    input: child.stdout,
    signal: AbortSignal.timeout(READY_TIMEOUT_MS),
  }))
    return { child, origin: z.object({ origin: z.string() }).parse(JSON.parse(line)).origin };
  throw new Error("the sandbox ended before it printed its addresses");
}

async function makeContacts(client: TestClient): Promise<string[]> {
  const ids: string[] = [];
  for (let first = 0; first < CONTACTS; first += BATCH) {
    const names = Array.from({ length: BATCH }, (_, index) => ({ Name: `Customer ${first + index + 1}` }));
    for (const contact of await client.create("Contacts", ...names)) ids.push(String(contact.ContactID));
  }
  return ids;
}

/** Posts until `elements` were accepted and then on, until the sandbox no longer answers. */
function postUntilDead(
  agent: Agent,
  client: TestClient,
  origin: string,
  contactIds: readonly string[],
  elements: number,
) {
  const acknowledged: Acknowledged[] = [];
  const unanswered: Batch[] = [];
  let next = 0;
  let tell: () => void = () => undefined;
  const reached = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const ended = Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (;;) {
        const batch = makeBatch(next, contactIds);
        next += 1;
        const startedMs = performance.now();
        const answer = await post(agent, client, origin, batch).catch(() => null);
        if (answer === null) {
          unanswered.push(batch);
          return;
        }
        const endedMs = performance.now();
        invariant(answer.status === 200, `a batch was refused: ${answer.text.slice(0, 500)}`);
        // The answer is kept for the newest alone: those can be asked for again under their key.
        const older = acknowledged.at(-AT_ONCE * 4);
        if (older !== undefined)
          acknowledged[acknowledged.length - AT_ONCE * 4] = { ...older, body: "", answer: "" };
        acknowledged.push({ ...batch, endedMs, tookMs: endedMs - startedMs, answer: answer.text });
        if (acknowledged.length * BATCH >= elements) tell();
      }
    }),
  );
  return { reached, ended: ended.then(() => ({ acknowledged, unanswered })) };
}

function makeBatch(index: number, contactIds: readonly string[]): Batch {
  const numbers = Array.from(
    { length: BATCH },
    (_, at) => `B-${String(index * BATCH + at).padStart(7, "0")}`,
  );
  const invoices = numbers.map((InvoiceNumber, at) => ({
    Type: "ACCREC",
    Status: "AUTHORISED",
    InvoiceNumber,
    Reference: `Order ${index}`,
    Contact: { ContactID: contactIds[(index * BATCH + at) % contactIds.length] },
    Date: "2026-10-10",
    DueDate: "2026-11-09",
    LineAmountTypes: "Exclusive",
    LineItems: [
      {
        Description: "Gift box, large",
        Quantity: 3,
        UnitAmount: 12.35,
        AccountCode: "200",
        TaxType: "OUTPUT2",
      },
      {
        Description: "Ribbon by the metre",
        Quantity: 7,
        UnitAmount: 0.85,
        AccountCode: "200",
        TaxType: "OUTPUT2",
      },
    ],
  }));
  return { key: randomBytes(16).toString("hex"), numbers, body: JSON.stringify({ Invoices: invoices }) };
}

function post(
  agent: Agent,
  client: TestClient,
  origin: string,
  batch: Batch,
): Promise<{ status: number; text: string }> {
  const url = `${origin}/xero/api/api.xro/2.0/Invoices?summarizeErrors=false`;
  return call(agent, client, url, { method: "PUT", key: batch.key, body: batch.body });
}

function call(
  agent: Agent,
  client: TestClient,
  url: string,
  sent: { method: string; key?: string; body?: string },
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      {
        agent,
        method: sent.method,
        headers: {
          authorization: `Bearer ${client.tokens.access_token}`,
          "xero-tenant-id": TIDEWATER_TENANT_ID,
          accept: "application/json",
          "content-type": "application/json",
          ...(sent.key === undefined ? {} : { "idempotency-key": sent.key }),
        },
      },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
        incoming.on("error", reject);
        incoming.on("end", () =>
          resolve({ status: incoming.statusCode ?? 0, text: Buffer.concat(chunks).toString("utf8") }),
        );
      },
    );
    outgoing.on("error", reject);
    outgoing.end(sent.body);
  });
}

const shownPage = z.object({ Invoices: z.array(z.object({ InvoiceNumber: z.string() })) });

/** Everything answered is there once; a batch without an answer is there whole or not at all; keys replay. */
async function checkSurvival(
  agent: Agent,
  client: TestClient,
  origin: string,
  acknowledged: readonly Acknowledged[],
  unanswered: readonly Batch[],
) {
  const seen = new Map<string, number>();
  for (let page = 1; ; page += 1) {
    const url = `${origin}/xero/api/api.xro/2.0/Invoices?page=${page}&pageSize=1000&summaryOnly=true`;
    const { Invoices: rows } = shownPage.parse(
      JSON.parse((await call(agent, client, url, { method: "GET" })).text),
    );
    for (const { InvoiceNumber } of rows) seen.set(InvoiceNumber, (seen.get(InvoiceNumber) ?? 0) + 1);
    if (rows.length === 0) break;
  }
  const lost = acknowledged.flatMap(({ numbers }) =>
    numbers.filter((number) => seen.get(number) !== 1),
  ).length;
  const torn = unanswered.filter(({ numbers }) => {
    const there = numbers.filter((number) => seen.has(number)).length;
    return there !== 0 && there !== numbers.length;
  }).length;
  let replays = 0;
  let replayed = 0;
  for (const batch of acknowledged.filter(({ body }) => body !== "")) {
    replays += 1;
    const answer = await post(agent, client, origin, batch);
    if (answer.text === batch.answer) replayed += 1;
  }
  return {
    survivedKill: lost === 0 && torn === 0 && replayed === replays,
    acknowledged: acknowledged.length * BATCH,
    lost,
    tornBatches: torn,
    replayedAfterRestart: `${replayed} of ${replays}`,
  };
}

function quartersOf(counted: readonly Acknowledged[], startedMs: number) {
  const ends = counted.map(({ endedMs }) => endedMs).sort((a, b) => a - b);
  const at = (share: number): number =>
    ends[Math.min(ends.length - 1, Math.floor(ends.length * share))] ?? startedMs;
  const quarter = (ends.length / 4) * BATCH;
  const first = quarter / ((at(0.25) - startedMs) / 1000);
  const last = quarter / ((at(1) - at(0.75)) / 1000);
  return {
    firstQuarterPerSecond: round(first, 1),
    lastQuarterPerSecond: round(last, 1),
    lastToFirstQuarter: round(last / first, 3),
  };
}

/** Processor time that the sandbox has used so far; null where /proc is not there. */
async function readCpuSeconds(child: ChildProcess): Promise<number | null> {
  const stat = await readFile(`/proc/${child.pid}/stat`, "utf8").catch(() => null);
  if (stat === null) return null;
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return round((Number(fields[11]) + Number(fields[12])) / 100, 2);
}
