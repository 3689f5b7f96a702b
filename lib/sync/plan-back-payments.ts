import { Prisma, type Transaction } from "@/lib/db/client";
import { canonicalRecordSchema, isGone } from "@/lib/domain/canonical-record";
import type { Invoice } from "@/lib/domain/document";
import { type Problem, problem } from "@/lib/domain/problem";
import type { RecordType } from "@/lib/domain/record-type";
import type { Payment } from "@/lib/domain/settlement";
import { labelOf } from "@/lib/mapping/value-maps";
import {
  type BackChange,
  type BackPage,
  blockedBack,
  nextOf,
  notPlanned,
  withoutRefused,
} from "./back-change";
import type { Rulebook } from "./decision";
import type { SyncContext } from "./sync-context";

/**
 * Payments that reached the ledger by themselves (a bank feed, a person there) on invoices that both sides have. One that the
 * source has already, as yet unlinked, is the other direction's to match: it is never entered there a second time.
 */
export async function planPaymentsBack(
  context: SyncContext,
  tx: Transaction,
  recordType: RecordType,
  rulebook: Rulebook,
  { after, size }: { readonly after: string; readonly size: number },
): Promise<BackPage> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT l.external_id, l.content_hash, l.marker, l.record, s.record AS invoice
      FROM ledger_records l
      JOIN record_links i ON i.pair_id = ${context.pairId}::uuid AND i.record_type = 'invoice'
                         AND i.ledger_external_id = l.record ->> 'invoiceId'
      JOIN record_snapshots s ON s.connection_id = ${context.ledger.connectionId}::uuid
                             AND s.record_type = 'invoice' AND s.external_id = i.source_external_id
     WHERE l.connection_id = ${context.source.connectionId}::uuid AND l.record_type = ${recordType}
       AND l.external_id > ${after} AND l.record ->> 'status' = 'open'
       AND NOT EXISTS (SELECT FROM record_links k
                        WHERE k.pair_id = i.pair_id AND k.record_type = l.record_type
                          AND k.ledger_external_id = l.external_id)
       AND ${notPlanned(context)}
     ORDER BY l.external_id LIMIT ${size}`;
  const read = rows.flatMap((row) => {
    const payment = canonicalRecordSchema.parse(row.record);
    const invoice = canonicalRecordSchema.parse(row.invoice);
    const isOurs = context.source.rules.isMarker(row.marker, context);
    if (payment.recordType !== "payment" || invoice.recordType !== "invoice" || isOurs) return [];
    return [{ payment, invoice, contentHash: row.content_hash }];
  });
  const invoiceIds = read.map(({ invoice }) => invoice.externalId);
  const known = await loadUnlinked(context, tx, invoiceIds);
  const left = await loadLeft(context, tx, read);
  const changes = read.flatMap(({ payment, invoice, contentHash }): BackChange[] => {
    const index = known.findIndex((one) => isSamePayment(one, payment, invoice));
    if (index !== -1) {
      known.splice(index, 1);
      return [];
    }
    const remaining = left.get(invoice.externalId) ?? invoice.remaining.minor;
    const decided = decidePayment(payment, invoice, remaining, rulebook);
    if ("cause" in decided) return [blockedBack(payment, contentHash, decided)];
    left.set(invoice.externalId, remaining - payment.amount.minor);
    return [{ record: payment, contentHash, decision: { verb: "create", targetId: null, ...decided } }];
  });
  return { changes: await withoutRefused(context, tx, recordType, changes), next: nextOf(rows, size) };
}

interface Row {
  readonly external_id: string;
  readonly content_hash: string;
  readonly marker: string;
  readonly record: unknown;
  readonly invoice: unknown;
}

function decidePayment(
  payment: Payment,
  invoice: Invoice,
  remainingMinor: bigint,
  rulebook: Rulebook,
): { readonly sent: Payment; readonly warnings: readonly string[] } | Problem {
  const isOpen = !isGone(invoice) && invoice.status !== "draft" && invoice.status !== "submitted";
  if (!isOpen || payment.amount.minor > remainingMinor || payment.amount.currency !== invoice.currency)
    return problem("documentNotOpen", invoice.number);
  const accountKey = rulebook.maps.paymentAccount.get(payment.accountKey ?? "");
  if (accountKey === undefined)
    return problem(
      "paymentAccountNotMapped",
      labelOf(rulebook.maps, "paymentAccount", payment.accountKey ?? ""),
    );
  // The customer is the invoice's own: the ledger may know him under a contact that stands for several.
  const wanted = { ...payment, invoiceId: invoice.externalId, contactId: invoice.contactId, accountKey };
  const { record, warnings } = rulebook.rules.prepare(wanted, rulebook.markerOf(payment.externalId));
  if (record.recordType !== "payment") return problem("refused", "");
  const [refused] = rulebook.rules.preflight(record, rulebook.ledger);
  return refused ?? { sent: record, warnings };
}

/** Payments of these invoices that the source has and nobody has linked yet. */
async function loadUnlinked(
  context: SyncContext,
  tx: Transaction,
  invoiceIds: readonly string[],
): Promise<Payment[]> {
  if (invoiceIds.length === 0) return [];
  const rows = await tx.$queryRaw<{ record: unknown }[]>`
    SELECT s.record FROM record_snapshots s
     WHERE s.connection_id = ${context.ledger.connectionId}::uuid AND s.record_type = 'payment'
       AND s.gone_at IS NULL AND s.record ->> 'status' = 'open'
       AND s.record ->> 'invoiceId' IN (${Prisma.join([...new Set(invoiceIds)])})
       AND NOT EXISTS (SELECT FROM record_links k
                        WHERE k.pair_id = ${context.pairId}::uuid AND k.record_type = s.record_type
                          AND k.source_external_id = s.external_id)`;
  return rows.flatMap((row) => {
    const record = canonicalRecordSchema.parse(row.record);
    return record.recordType === "payment" ? [record] : [];
  });
}

/** Days apart it is one payment still: a bank books when the money comes, a person when he hears of it. */
const DAYS_APART_MAX = 5;
const DAY_MS = 86_400_000;

function isSamePayment(here: Payment, there: Payment, invoice: Invoice): boolean {
  const daysApart = Math.abs(Date.parse(here.date) - Date.parse(there.date)) / DAY_MS;
  return (
    here.invoiceId === invoice.externalId &&
    here.amount.minor === there.amount.minor &&
    here.amount.currency === there.amount.currency &&
    daysApart <= DAYS_APART_MAX
  );
}

/** What is left to pay of an invoice after the payments that this run plans for it already, by the invoice's id. */
async function loadLeft(
  context: SyncContext,
  tx: Transaction,
  read: readonly { readonly invoice: Invoice }[],
): Promise<Map<string, bigint>> {
  const left = new Map(read.map(({ invoice }) => [invoice.externalId, invoice.remaining.minor]));
  const planned = await tx.$queryRaw<{ invoice_id: string; minor: string }[]>`
    SELECT p.detail #>> '{record,invoiceId}' AS invoice_id, sum(p.gross_minor)::text AS minor
      FROM planned_changes p
     WHERE p.run_id = ${context.runId}::uuid AND p.record_type = 'payment' AND p.verb = 'create'
     GROUP BY 1`;
  for (const { invoice_id: id, minor } of planned) {
    const before = left.get(id);
    if (before !== undefined) left.set(id, before - BigInt(minor));
  }
  return left;
}
