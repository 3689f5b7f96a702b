import { z } from "zod";
import type { PullOptions, PullPage } from "@/lib/connectors/contract/connector";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import type { Json } from "@/lib/kernel/json";
import { getOrNull, type ZohoClient } from "../client";
import { DIGEST_CHARACTERS, digest } from "../digest";
import { toSettlements } from "../translate/payment";
import { ROWS_A_PAGE, readList } from "../wire/list";
import { type PaymentRow, paymentRowSchema, wirePaymentSchema } from "../wire/payment";
import { idIn, quarantine, readRecord, UnreadableRecord } from "../wire/unreadable";
import {
  chunksOf,
  DETAILS_A_PAGE,
  joinReadings,
  NOTHING,
  pageOf,
  type Reading,
  readCursor,
  readOrQuarantine,
  readSeveral,
} from "./pull-page";

/**
 * Customer payments: Zoho has neither a filter by time nor, in its file, a modified time in the row, and one payment becomes
 * several records whose ids the row does not tell. So the cursor holds a digest of every row read; a row with another
 * digest is new or changed and read whole. The list is walked whole in each pull, so a row that slips by comes next time.
 */

const cursorSchema = z.object({
  /** Digests of the rows as the last finished pull saw them, one after the other. */
  before: z.string(),
  /** The same of the pull under way; null between two pulls. */
  walk: z.object({ page: z.number().int().min(1), now: z.string() }).nullable(),
});
type PaymentCursor = z.output<typeof cursorSchema>;

/** One list page is read again at most so often within a pull (see pull-documents.ts). */
const LISTINGS_OF_A_PAGE_MAX = 4;

interface Row {
  readonly payload: unknown;
  readonly digest: string;
  readonly index: number;
}

export async function* pullPayments(
  client: ZohoClient,
  from: Json,
  options: PullOptions,
): AsyncIterable<PullPage> {
  const { before, walk } = readCursor<PaymentCursor>(cursorSchema, from, { before: "", walk: null });
  const known = digestsIn(before);
  const now = digestsIn(walk?.now ?? "");
  let page = walk?.page ?? 1;
  let listings = 0;
  for (;;) {
    const answer = await client.get("/customerpayments", {
      page: String(page),
      per_page: String(ROWS_A_PAGE),
    });
    listings += 1;
    // The first name is that of the answers, the second that of Zoho's file.
    const list = readList(answer, ["customerpayments", "customer_payments"]);
    const rows = list.rows.map((payload, index): Row => ({ payload, digest: digest(payload), index }));
    const fresh = rows.filter((row) => !known.has(row.digest) && !now.has(row.digest));
    for (const row of rows) if (known.has(row.digest)) now.add(row.digest);
    const relist = list.hasMore && fresh.length > 0 && listings < LISTINGS_OF_A_PAGE_MAX;
    const passed = (page - 1) * ROWS_A_PAGE;
    const total = list.hasMore ? null : passed + rows.length;
    const here = (): PaymentCursor => ({ before, walk: { page, now: [...now].join("") } });
    const behind = (): PaymentCursor =>
      list.hasMore
        ? { before, walk: { page: relist ? page : page + 1, now: [...now].join("") } }
        : { before: [...now].join(""), walk: null };
    const chunks = chunksOf(fresh, DETAILS_A_PAGE);
    for (const [index, chunk] of chunks.entries()) {
      const isLast = index === chunks.length - 1;
      const { outputs, failure } = await readSeveral(chunk, async (row) => {
        const reading = await readRow(client, row.payload, options);
        now.add(row.digest);
        return reading;
      });
      const reading = joinReadings(outputs);
      if (failure !== null) {
        if (reading.records.length + reading.quarantined.length > 0)
          yield pageOf(reading, here(), passed + (chunk[0]?.index ?? 0), total);
        throw failure.thrown;
      }
      const seen = isLast ? passed + rows.length : passed + (chunk.at(-1)?.index ?? 0) + 1;
      yield pageOf(reading, isLast ? behind() : here(), seen, total);
    }
    if (chunks.length === 0) yield pageOf(NOTHING, behind(), passed + rows.length, total);
    if (!list.hasMore) return;
    if (relist) continue;
    page += 1;
    listings = 0;
  }
}

async function readRow(client: ZohoClient, payload: unknown, options: PullOptions): Promise<Reading> {
  let row: PaymentRow;
  try {
    row = readRecord(paymentRowSchema, "payment", payload);
  } catch (thrown) {
    if (!(thrown instanceof UnreadableRecord)) throw thrown;
    return {
      records: [],
      quarantined: [quarantine("payment", idIn(payload, "payment_id"), payload, thrown.message)],
    };
  }
  const body = await getOrNull(client, `/customerpayments/${encodeURIComponent(row.payment_id)}`);
  if (body === null) return NOTHING;
  const excessId = `${row.payment_id}:excess`;
  const knownExcess = (await options.knownVersions("overpayment", [excessId])).has(excessId);
  return readOrQuarantine("payment", row.payment_id, body.payment, () =>
    recordsOf(body.payment, row.payment_number, knownExcess),
  );
}

/** An excess that was stored before and is used up now is passed on as deleted; one that never was is no record. */
function recordsOf(payload: unknown, paymentNumber: string, knownExcess: boolean): CanonicalRecord[] {
  const { payments, overpayment } = toSettlements(
    readRecord(wirePaymentSchema, "payment", payload),
    paymentNumber,
  );
  if (overpayment.amount.minor !== 0n) return [...payments, overpayment];
  return knownExcess ? [...payments, { ...overpayment, status: "deleted" }] : [...payments];
}

/** The records of one payment, for get; null when there is no such payment. Throws UnreadableRecord. */
export async function getSettlements(
  client: ZohoClient,
  paymentId: string,
): Promise<ReturnType<typeof toSettlements> | null> {
  const body = await getOrNull(client, `/customerpayments/${encodeURIComponent(paymentId)}`);
  if (body === null) return null;
  return toSettlements(readRecord(wirePaymentSchema, "payment", body.payment), "");
}

function digestsIn(text: string): Set<string> {
  const digests = new Set<string>();
  for (let start = 0; start < text.length; start += DIGEST_CHARACTERS)
    digests.add(text.slice(start, start + DIGEST_CHARACTERS));
  return digests;
}
