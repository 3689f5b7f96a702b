import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { openSourceDesk, type SourceDesk } from "@/chaos/source-desk";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { invariant } from "@/lib/kernel/invariant";
import { listConnections } from "@/lib/operations/connections/list-connections";
import { createWebhook } from "@/lib/operations/notices/create-webhook";
import { closeRuntime, getRuntime } from "@/lib/operations/runtime";
import { ZOHO_SIGNATURE_HEADER } from "@/sandbox/zoho/webhooks/request";
import { confirmSuggestions, connect, signUp, syncOnce } from "@/scripts/main-job/owner";
import { seedSandbox } from "@/scripts/main-job/sandbox-control";
import { endProcess, HEAP_LIMIT, startStack } from "@/scripts/stack";
import { startWorker } from "@/scripts/worker-process";
import { hexSignature } from "@/tests/main-job/webhook-address";
import { percentile, round } from "./figures";

/**
 * Two hundred webhooks a second against the product's own route, in a process of its own, while runs follow them: how soon
 * a vendor has its answer, and how long a new invoice takes from its notice to the ledger. Most notices tell of the same
 * few invoices again and again, as vendors do; every two seconds one tells of an invoice that was just made. Limits run sixty
 * times faster than real: at the real ones a hundred calls a minute, not the webhooks, would be what is measured.
 */
const LIMIT_SPEED = 60;
const RATE_PER_SECOND = 200;
const SOCKETS = 50;
const POSTED_TIMEOUT_MS = 120_000;

interface Told {
  readonly invoiceId: string;
  readonly atMs: number;
}

export async function benchWebhook(options: { seconds: number; say: (line: string) => void }) {
  const dir = await mkdtemp(join(tmpdir(), "tieout-bench-webhook-"));
  const stack = await startStack({
    dir,
    limitSpeed: LIMIT_SPEED,
    durable: true,
    settleMs: 2_000,
    say: options.say,
  });
  Object.assign(process.env, stack.env);
  const worker = await startWorker(stack.env);
  const web = await startWeb(stack.env);
  try {
    await stack.startRunner(worker.appUrl);
    await seedSandbox(stack.sandbox.origin, { kind: "demo-company" });
    const access = await signUp("bench@tidewatergifts.test");
    await connect(access, "xero", "global");
    await connect(access, "zoho-books", stack.sandbox.zoho.dataCentre);
    await confirmSuggestions(access);
    options.say("The first run, by hand");
    await syncOnce(access);
    const desk = await openSourceDesk(stack.sandbox.origin);
    const address = await makeAddress(access, web.origin);
    options.say(`${RATE_PER_SECOND} webhooks a second for ${options.seconds} seconds`);
    const { acks, told, seconds } = await tell(desk, address, options.seconds);
    options.say("Waiting for the last of them in the ledger");
    const took = await untilPosted(access, told);
    const refused = acks.filter(({ status }) => status !== 200).length;
    const tookMs = acks.map((ack) => ack.tookMs);
    return {
      ratePerSecond: round(acks.length / seconds, 1),
      webhooks: acks.length,
      refused,
      ackP50Ms: round(percentile(tookMs, 0.5), 1),
      ackP99Ms: round(percentile(tookMs, 0.99), 1),
      newInvoices: told.length,
      noticeToPostedP50Ms: round(percentile(took, 0.5), 0),
      noticeToPostedP95Ms: round(percentile(took, 0.95), 0),
      limitSpeed: LIMIT_SPEED,
    };
  } finally {
    await closeRuntime();
    await endProcess(web.child);
    await worker.stop();
    await stack.stop();
    await rm(dir, { recursive: true, force: true });
  }
}

async function startWeb(
  env: Readonly<Record<string, string>>,
): Promise<{ child: ChildProcess; origin: string }> {
  const child = spawn(process.execPath, [HEAP_LIMIT, "--import", "tsx", "bench/webhook-app.ts"], {
    cwd: fileURLToPath(new URL("..", import.meta.url)),
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, ...env },
  });
  for await (const line of createInterface({ input: child.stdout }))
    return { child, origin: z.object({ origin: z.string() }).parse(JSON.parse(line)).origin };
  throw new Error("the webhook route ended before it answered");
}

interface Address {
  readonly url: string;
  readonly secret: string;
}

async function makeAddress(access: WorkspaceAccess, origin: string): Promise<Address> {
  const source = (await listConnections(access)).find((one) => one.connectorId === "zoho-books");
  const made = await createWebhook(access, source?.connectionId ?? "");
  invariant(made.ok, "an owner can make a webhook's address");
  return { url: `${origin}${new URL(made.value.url).pathname}`, secret: made.value.secret };
}

const listedSchema = z.object({ invoice_id: z.string(), invoice_number: z.string() });
const modelSchema = z.object({
  invoice: z.object({
    customer_id: z.string(),
    line_items: z.array(z.object({ item_id: z.string(), tax_id: z.string() })).min(1),
  }),
});
const madeSchema = z.object({ invoice: z.object({ invoice_id: z.string() }) });

/** Sends at an even rate, whether or not earlier ones were answered. */
async function tell(desk: SourceDesk, address: Address, seconds: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: SOCKETS });
  const listed = z.array(listedSchema).parse(await desk.list("/invoices", "invoices"));
  const ids = listed.slice(0, SOCKETS).map((row) => row.invoice_id);
  const model = listed.find((row) => row.invoice_number === "INV-1108");
  const { invoice } = modelSchema.parse(await desk.call("GET", `/invoices/${model?.invoice_id ?? ""}`));
  const acks: { tookMs: number; status: number }[] = [];
  const told: Told[] = [];
  const pending: Promise<void>[] = [];
  const send = (invoiceId: string, sequence: number): void => {
    const body = JSON.stringify({ invoice: { invoice_id: invoiceId, sequence } });
    pending.push(post(agent, address, body).then((ack) => void acks.push(ack)));
  };
  const addInvoice = async (sequence: number): Promise<void> => {
    const { invoice: made } = madeSchema.parse(
      await desk.call("POST", "/invoices?ignore_auto_number_generation=true", {
        customer_id: invoice.customer_id,
        invoice_number: `HOOK-${sequence}`,
        date: "2026-11-10",
        line_items: [{ ...invoice.line_items[0], rate: 25, quantity: 1 }],
      }),
    );
    await desk.call("POST", `/invoices/${made.invoice_id}/status/sent`);
    told.push({ invoiceId: made.invoice_id, atMs: Date.now() });
    send(made.invoice_id, sequence);
  };
  const started = performance.now();
  const total = seconds * RATE_PER_SECOND;
  for (let sequence = 0; sequence < total; ) {
    const due = Math.min(total, Math.floor(((performance.now() - started) / 1000) * RATE_PER_SECOND));
    for (; sequence < due; sequence += 1) {
      if (sequence % (2 * RATE_PER_SECOND) === 0) pending.push(addInvoice(sequence));
      else send(ids[sequence % ids.length] ?? "", sequence);
    }
    await delay(2);
  }
  await Promise.all(pending);
  const tookSeconds = (performance.now() - started) / 1000;
  agent.destroy();
  return { acks, told, seconds: tookSeconds };
}

function post(
  agent: Agent,
  { url, secret }: Address,
  body: string,
): Promise<{ tookMs: number; status: number }> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const headers = {
      "content-type": "application/json",
      [ZOHO_SIGNATURE_HEADER]: hexSignature(secret, body),
    };
    const outgoing = request(url, { agent, method: "POST", headers }, (incoming) => {
      incoming.resume();
      incoming.on("end", () =>
        resolve({ tookMs: performance.now() - started, status: incoming.statusCode ?? 0 }),
      );
      incoming.on("error", reject);
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

/** From each notice until its invoice was in the ledger, in milliseconds. */
async function untilPosted(access: WorkspaceAccess, told: readonly Told[]): Promise<number[]> {
  const { database } = await getRuntime();
  const givenUpAt = Date.now() + POSTED_TIMEOUT_MS;
  for (;;) {
    const rows = await database.withWorkspace(access.workspaceId, (tx) =>
      tx.writeIntent.findMany({
        where: {
          recordType: "invoice",
          state: "applied",
          sourceExternalId: { in: told.map((one) => one.invoiceId) },
        },
        select: { sourceExternalId: true, resolvedAt: true },
      }),
    );
    if (rows.length === told.length) {
      const atOf = new Map(told.map((one) => [one.invoiceId, one.atMs]));
      return rows.map((row) => (row.resolvedAt?.getTime() ?? 0) - (atOf.get(row.sourceExternalId) ?? 0));
    }
    invariant(Date.now() < givenUpAt, `${told.length - rows.length} invoices never reached the ledger`);
    await delay(200);
  }
}
