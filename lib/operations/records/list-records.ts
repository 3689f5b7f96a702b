import { z } from "zod";
import { Prisma, type Transaction } from "@/lib/db/client";
import { RECORD_TYPES, type RecordType } from "@/lib/domain/record-type";
import { amountView } from "@/lib/domain/views/amount";
import type { ListSort } from "@/lib/domain/views/list-sort";
import {
  DISPOSITIONS,
  type Disposition,
  type RecordListView,
  type RecordSort,
} from "@/lib/domain/views/record-list-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { namesOfPair } from "../exceptions/describe-exception";
import { beyond, type KeyOrder, orderBy, pageKey } from "../lists/page-key";
import { getRuntime } from "../runtime";
import { loadPairIn } from "../setup/load-pair";
import { type RecordSearch, searchRecords, wordsOf } from "./search-records";

const ROWS_A_PAGE = 50;
const FEW = 2_000;

export interface RecordChoice {
  readonly recordType?: RecordType | null;
  readonly disposition?: Disposition | null;
  /** Any part of number and name; one or two characters are their beginning. */
  readonly search?: string;
  /** Latest date first unless said otherwise. */
  readonly sort?: ListSort<RecordSort>;
  readonly after?: string | null;
}

/** The records of the source as they were last read, one kind at a time, a page by key; null before there is a pair. */
export async function listRecords(
  access: WorkspaceAccess,
  choice: RecordChoice,
): Promise<RecordListView | null> {
  const runtime = await getRuntime();
  return runtime.database.withWorkspace(access.workspaceId, async (tx) => {
    const pair = await loadPairIn(tx);
    if (!pair) return null;
    const connectionId = pair.sourceConnectionId;
    const recordTypes = await findTypes(tx, connectionId);
    const recordType =
      recordTypes.find((type) => type === (choice.recordType ?? "invoice")) ?? recordTypes[0] ?? "invoice";
    const search = await searchRecords(tx, connectionId, choice.search ?? "");
    const sort = choice.sort ?? { key: "date", descending: true };
    const order = orderOf(sort, recordType);
    const conditions = [
      Prisma.sql`s.connection_id = ${connectionId}::uuid AND s.record_type = ${recordType}`,
      choice.disposition ? await became(tx, connectionId, recordType, choice.disposition) : null,
      search && alike(search, recordType),
      beyond(order, choice.after),
    ].filter((one) => one !== null);
    const found: unknown[] = await tx.$queryRaw`
      SELECT s.sequence, s.external_id AS "externalId", s.number, s.label, s.document_date AS date, s.currency,
             s.gross_minor AS "grossMinor", s.disposition, s.gone_at IS NOT NULL AS "isGone", s.day, s.worth
        FROM record_snapshots s WHERE ${Prisma.join(conditions, " AND ")}
       ORDER BY ${orderBy(order)} LIMIT ${ROWS_A_PAGE + 1}`;
    const page = found.slice(0, ROWS_A_PAGE).map((row) => rowSchema.parse(row));
    const last = page.at(-1);
    return {
      sourceName: namesOfPair(runtime, pair).source,
      recordTypes,
      recordType,
      rows: page.map(({ externalId, number, label, date, currency, grossMinor, disposition, isGone }) => ({
        ...{ recordType, externalId, number, label, date, disposition, isGone },
        amount: currency === null || grossMinor === null ? null : amountView({ minor: grossMinor, currency }),
      })),
      next:
        found.length > ROWS_A_PAGE && last
          ? pageKey(last[columnOf(sort.key, recordType)], last.sequence)
          : null,
    };
  });
}

const rowSchema = z.object({
  sequence: z.bigint(),
  externalId: z.string(),
  number: z.string(),
  label: z.string(),
  date: z.string().nullable(),
  currency: z.string().nullable(),
  grossMinor: z.bigint().nullable(),
  disposition: z.enum(DISPOSITIONS),
  isGone: z.boolean(),
  day: z.string(),
  worth: z.bigint(),
});

/** Few are named, so that they alone are put in order; many fill a page soon in whatever order. */
async function became(
  tx: Transaction,
  connectionId: string,
  recordType: RecordType,
  disposition: Disposition,
): Promise<Prisma.Sql> {
  // A state that no record was in when statistics were made is taken for a common one, and all records are read.
  await tx.$executeRaw`SELECT set_config('enable_seqscan', 'off', true)`;
  const some = await tx.recordSnapshot.findMany({
    where: { connectionId, recordType, disposition },
    select: { sequence: true },
    take: FEW + 1,
  });
  await tx.$executeRaw`SELECT set_config('enable_seqscan', 'on', true)`;
  return some.length > FEW
    ? Prisma.sql`s.disposition = ${disposition}`
    : Prisma.sql`s.sequence = ANY(${some.map((row) => row.sequence)}::bigint[])`;
}

/** One look into the index a kind: none goes through the records. */
async function findTypes(tx: Transaction, connectionId: string): Promise<RecordType[]> {
  const rows = await tx.$queryRaw<{ type: string }[]>`
    SELECT t.type FROM unnest(${[...RECORD_TYPES]}::text[]) AS t (type)
     WHERE EXISTS (SELECT FROM record_snapshots s WHERE s.connection_id = ${connectionId}::uuid AND s.record_type = t.type)`;
  return RECORD_TYPES.filter((type) => rows.some((row) => row.type === type));
}

function alike({ pattern, found }: RecordSearch, recordType: RecordType): Prisma.Sql {
  if (found === null) return Prisma.sql`${wordsOf("s")} ILIKE ${pattern}`;
  const own = found.filter((one) => one.recordType === recordType);
  return Prisma.sql`s.sequence = ANY(${own.map((one) => one.sequence)}::bigint[])`;
}

const COLUMNS = { number: "number", date: "day", amount: "worth" } as const satisfies Record<
  RecordSort,
  keyof z.output<typeof rowSchema>
>;

/** Contacts have a name and no number. */
const columnOf = (key: RecordSort, recordType: RecordType) =>
  key === "number" && recordType === "contact" ? "label" : COLUMNS[key];

const orderOf = ({ key, descending }: ListSort<RecordSort>, recordType: RecordType): KeyOrder => ({
  column: Prisma.raw(`s.${columnOf(key, recordType)}`),
  kind: key === "amount" ? "integer" : "text",
  tie: Prisma.sql`s.sequence`,
  tieKind: "integer",
  descending,
});
