import { z } from "zod";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import { getOrNull, type ZohoClient } from "../client";
import { toAllocation, toCreditNote, toInvoice } from "../translate/document";
import {
  type WireCreditNote,
  wireCreditedInvoiceSchema,
  wireCreditNoteSchema,
  wireInvoiceSchema,
} from "../wire/document";
import { readRecord } from "../wire/unreadable";
import { type Reading, readOrQuarantine } from "./pull-page";

/** The two kinds of document: their addresses, and how one of them is read whole. */
export interface DocumentKind {
  readonly recordType: "invoice" | "creditNote";
  readonly path: string;
  readonly listKey: string;
  readonly idField: string;
  /** Null when there is none of that id any more. */
  readOne(client: ZohoClient, id: string): Promise<Reading | null>;
}

export const INVOICES: DocumentKind = {
  recordType: "invoice",
  path: "/invoices",
  listKey: "invoices",
  idField: "invoice_id",
  async readOne(client, id) {
    const body = await getOrNull(client, `/invoices/${encodeURIComponent(id)}`);
    if (body === null) return null;
    return readOrQuarantine("invoice", id, body.invoice, () => [
      toInvoice(readRecord(wireInvoiceSchema, "invoice", body.invoice)),
    ]);
  },
};

/** A credit note comes with the invoices that it was set against. */
export const CREDIT_NOTES: DocumentKind = {
  recordType: "creditNote",
  path: "/creditnotes",
  listKey: "creditnotes",
  idField: "creditnote_id",
  async readOne(client, id) {
    const body = await getOrNull(client, `/creditnotes/${encodeURIComponent(id)}`);
    if (body === null) return null;
    const payload = body.creditnote;
    const parsed = wireCreditNoteSchema.safeParse(payload);
    const credited = parsed.success ? await readCredited(client, parsed.data) : [];
    return readOrQuarantine("creditNote", id, payload, () => {
      const note = readRecord(wireCreditNoteSchema, "credit note", payload);
      const allocations = credited.map((row) =>
        toAllocation(note, readRecord(wireCreditedInvoiceSchema, "credit note", row)),
      );
      const records: CanonicalRecord[] = [toCreditNote(note), ...allocations];
      return records;
    });
  },
};

const creditedListSchema = z.looseObject({ invoices_credited: z.array(z.unknown()) });

/**
 * The note's settings against invoices. Answers carry them whole; where only the form of Zoho's file is there (no id,
 * no date) they cost one more call.
 */
async function readCredited(client: ZohoClient, note: WireCreditNote): Promise<readonly unknown[]> {
  if (Array.isArray(note.invoices_credited)) return note.invoices_credited;
  if ((note.invoices ?? []).length === 0) return [];
  const { body } = await client.get(`/creditnotes/${encodeURIComponent(note.creditnote_id)}/invoices`);
  const list = creditedListSchema.safeParse(body);
  // Left as they are, so that the note is kept aside with the field named.
  return list.success ? list.data.invoices_credited : (note.invoices ?? []);
}
