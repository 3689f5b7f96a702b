import { z } from "zod";

/** The sandbox's control address: seeding, and its own log of calls, which is the witness of what was called. */
const totalsSchema = z.object({
  total: z.number(),
  reads: z.number(),
  writes: z.number(),
  rateLimited: z.number(),
  byOperation: z.record(z.string(), z.unknown()),
});
const callsSchema = z.object({
  seq: z.number(),
  services: z.object({ xero: totalsSchema, zoho: totalsSchema }),
});
export type CallTotals = z.output<typeof callsSchema>;

const ordersSchema = z.object({
  kind: z.string(),
  lines: z.number(),
  invoices: z.number(),
  creditNotes: z.number(),
  payments: z.number(),
  // The built-in company is not loaded from files, so nothing of it can be excluded or rejected.
  excluded: z
    .object({ count: z.number(), reasons: z.record(z.string(), z.number()) })
    .default({ count: 0, reasons: {} }),
  rejected: z.array(z.object({ file: z.string(), line: z.number(), reason: z.string() })).default([]),
});
export type OrdersReport = z.output<typeof ordersSchema>;

export async function readCalls(origin: string, since = 0): Promise<CallTotals> {
  const answer = await fetch(`${origin}/control/calls?since=${since}`);
  return callsSchema.parse(await answer.json());
}

/** Fills an empty sandbox; throws with the sandbox's own words where it cannot. */
export async function seedSandbox(origin: string, order: object): Promise<OrdersReport> {
  const answer = await fetch(`${origin}/control/seed`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(order),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`the sandbox could not be filled: ${text}`);
  return ordersSchema.parse(JSON.parse(text));
}

/** How many times faster than real the limit windows run from now on. */
export async function setLimitSpeed(origin: string, speed: number): Promise<void> {
  await fetch(`${origin}/control/limit-speed`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ speed }),
  });
}

const REJECTS_SHOWN = 20;

/** What the loader did not make records of, for people: numbers by reason, and lines by file and line number. */
export function describeLeftOut(orders: OrdersReport): string[] {
  const rejected = orders.rejected
    .slice(0, REJECTS_SHOWN)
    .map(({ file, line, reason }) => `Rejected ${file}:${line}: ${reason}`);
  const more = orders.rejected.length - rejected.length;
  return [
    ...Object.entries(orders.excluded.reasons).map(
      ([reason, count]) => `Excluded ${count} numbers: ${reason}`,
    ),
    ...rejected,
    ...(more > 0 ? [`and ${more} more rejected lines`] : []),
  ];
}
