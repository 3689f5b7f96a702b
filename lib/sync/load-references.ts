import type { Transaction } from "@/lib/db/client";
import { type CanonicalRecord, isDocument } from "@/lib/domain/canonical-record";
import type { RecordType } from "@/lib/domain/record-type";
import type { ReferenceState, References } from "@/lib/mapping/references";

/** Of a run, what is needed to look its records up. */
export interface LookupScope {
  readonly pairId: string;
  readonly runId: string;
  readonly source: { readonly connectionId: string };
}

/**
 * What became of everything that a page of records points to: three queries a referenced record type. When posting,
 * what is still only planned counts as blocked: its turn came before, so it did not arrive.
 */
export async function loadReferences(
  context: LookupScope,
  tx: Transaction,
  records: readonly CanonicalRecord[],
  purpose: "planning" | "posting",
): Promise<References> {
  const wanted = collectReferences(records);
  const states = new Map<string, ReferenceState>();
  for (const [recordType, ids] of wanted) {
    const externalIds = [...ids];
    const links = await tx.recordLink.findMany({
      where: { pairId: context.pairId, recordType, sourceExternalId: { in: externalIds } },
      select: { sourceExternalId: true, ledgerExternalId: true, detail: true },
    });
    const changes = await tx.plannedChange.findMany({
      where: { runId: context.runId, recordType, sourceExternalId: { in: externalIds } },
      select: {
        sourceExternalId: true,
        verb: true,
        reason: true,
        state: true,
        ledgerExternalId: true,
        ledgerCode: true,
      },
    });
    const snapshots = await tx.recordSnapshot.findMany({
      where: { connectionId: context.source.connectionId, recordType, externalId: { in: externalIds } },
      select: { externalId: true, disposition: true, dispositionReason: true },
    });
    for (const row of snapshots) states.set(`${recordType}:${row.externalId}`, stateOfDisposition(row));
    for (const row of changes) states.set(`${recordType}:${row.sourceExternalId}`, stateOfChange(row));
    for (const row of links) {
      states.set(`${recordType}:${row.sourceExternalId}`, {
        state: "linked",
        ledgerId: row.ledgerExternalId,
        ledgerCode: codeIn(row.detail),
      });
    }
  }
  const stateOf =
    (recordType: RecordType) =>
    (sourceId: string): ReferenceState => {
      const found = states.get(`${recordType}:${sourceId}`) ?? { state: "absent" };
      return purpose === "posting" && found.state === "planned" ? { state: "blocked" } : found;
    };
  return {
    contact: stateOf("contact"),
    item: stateOf("item"),
    invoice: stateOf("invoice"),
    creditNote: stateOf("creditNote"),
    bill: stateOf("bill"),
    supplierCredit: stateOf("supplierCredit"),
  };
}

function collectReferences(records: readonly CanonicalRecord[]): Map<RecordType, Set<string>> {
  const wanted = new Map<RecordType, Set<string>>();
  const want = (recordType: RecordType, id: string): void => {
    const ids = wanted.get(recordType) ?? new Set();
    wanted.set(recordType, ids.add(id));
  };
  for (const record of records) {
    if ("contactId" in record) want("contact", record.contactId);
    if ("invoiceId" in record) want("invoice", record.invoiceId);
    if ("creditNoteId" in record) want("creditNote", record.creditNoteId);
    if ("billId" in record) want("bill", record.billId);
    if ("supplierCreditId" in record) want("supplierCredit", record.supplierCreditId);
    if (isDocument(record))
      for (const line of record.lines) if (line.itemId !== null) want("item", line.itemId);
  }
  return wanted;
}

function stateOfDisposition({
  disposition,
  dispositionReason,
}: {
  disposition: string;
  dispositionReason: string | null;
}): ReferenceState {
  if (disposition === "excluded") return { state: "excluded", reason: dispositionReason };
  return disposition === "exception" ? { state: "blocked" } : { state: "absent" };
}

function stateOfChange(change: {
  verb: string;
  reason: string | null;
  state: string;
  ledgerExternalId: string | null;
  ledgerCode: string;
}): ReferenceState {
  if (change.verb === "exclude") return { state: "excluded", reason: change.reason };
  if (change.verb === "block" || change.state === "failed") return { state: "blocked" };
  return change.ledgerExternalId === null
    ? { state: "planned", ledgerCode: change.ledgerCode }
    : { state: "linked", ledgerId: change.ledgerExternalId, ledgerCode: change.ledgerCode };
}

function codeIn(detail: unknown): string {
  return typeof detail === "object" && detail !== null && "code" in detail && typeof detail.code === "string"
    ? detail.code
    : "";
}
