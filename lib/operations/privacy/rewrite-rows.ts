import { z } from "zod";
import { Prisma, type Transaction } from "@/lib/db/client";
import type { Concealer } from "@/lib/domain/erased-person-texts";
import { RECORD_TYPES } from "@/lib/domain/record-type";
import { encode, type Json } from "@/lib/kernel/json";
import { type Person, personConditions } from "./person-rows";

/**
 * The stored rows about an erased person, read and written some hundreds at a time in the caller's transaction. What of a
 * text is a detail is lib/domain/erased-person-texts.ts's to know; here is which columns hold which kind of text.
 */
const ROWS_AT_ONCE = 500;

type RewrittenTable =
  | "match_questions"
  | "planned_changes"
  | "write_intents"
  | "exceptions"
  | "record_overrides"
  | "approvals"
  | "record_links"
  | "tie_out_entries"
  | "entry_changes"
  | "tie_out_findings";

interface Columns {
  readonly id: "uuid" | "bigint";
  readonly labels?: readonly string[];
  readonly sentences?: readonly string[];
  readonly naturalKeys?: readonly string[];
  readonly bodies?: readonly string[];
}

/** Values of overrides are keys, numbers and days; columns that copy a member of the body follow it in SQL. */
const COLUMNS: readonly (readonly [RewrittenTable, Columns])[] = [
  ["match_questions", { id: "uuid", sentences: ["source_words", "ledger_words", "differences"] }],
  ["planned_changes", { id: "uuid", labels: ["label"], naturalKeys: ["natural_key"], bodies: ["detail"] }],
  ["write_intents", { id: "uuid", bodies: ["payload", "outcome"] }],
  [
    "exceptions",
    {
      id: "uuid",
      labels: ["label", "subject"],
      sentences: ["message", "remedy", "vendor_message"],
      bodies: ["sides"],
    },
  ],
  ["record_overrides", { id: "uuid", labels: ["label"] }],
  ["approvals", { id: "uuid", labels: ["label"] }],
  ["record_links", { id: "uuid", naturalKeys: ["natural_key"], bodies: ["detail", "agreed"] }],
  ["tie_out_entries", { id: "bigint", bodies: ["body"] }],
  ["entry_changes", { id: "bigint", labels: ["label"], bodies: ["fields"] }],
  ["tie_out_findings", { id: "bigint", labels: ["label"], sentences: ["sentence"], bodies: ["fields"] }],
];

const idsSchema = z.array(z.object({ id: z.string() }));
const rowSchema = z.object({
  id: z.string(),
  record_type: z.enum(RECORD_TYPES),
  columns: z.record(z.string(), z.unknown()),
});

/** Puts the token in the place of the details in every row that tells of the person in words or holds a copy. */
export async function rewriteRows(tx: Transaction, person: Person, concealer: Concealer): Promise<void> {
  const conditions = personConditions(person);
  // Bodies of calls in the vendor's own form go whole.
  await tx.$executeRaw`UPDATE exceptions t SET exchange = NULL WHERE ${conditions.exceptions}`;
  await tx.$executeRaw`
    UPDATE write_intents t SET outcome = t.outcome - 'exchange'
     WHERE jsonb_typeof(t.outcome) = 'object' AND t.outcome ? 'exchange' AND ${conditions.write_intents}`;
  for (const [table, columns] of COLUMNS) {
    const name = Prisma.raw(table);
    const ids = idsSchema.parse(
      await tx.$queryRaw`SELECT t.id::text AS id FROM ${name} t WHERE ${conditions[table]} ORDER BY t.id`,
    );
    for (let at = 0; at < ids.length; at += ROWS_AT_ONCE)
      await rewritePage(
        tx,
        table,
        columns,
        ids.slice(at, at + ROWS_AT_ONCE).map(({ id }) => id),
        concealer,
      );
  }
  await tx.$executeRaw`
    UPDATE tie_out_entries t SET strict_key = t.body ->> 'strictKey', loose_key = t.body ->> 'looseKey'
     WHERE ${conditions.tie_out_entries}`;
}

/** Writes the columns that change, each row's own. */
async function rewritePage(
  tx: Transaction,
  table: RewrittenTable,
  columns: Columns,
  ids: readonly string[],
  concealer: Concealer,
): Promise<void> {
  const { labels = [], sentences = [], naturalKeys = [], bodies = [], id: idType } = columns;
  const texts = [...labels, ...sentences, ...naturalKeys];
  const names = [...texts, ...bodies];
  const shown = Prisma.join(names.map((name) => Prisma.sql`${name}::text, t.${Prisma.raw(name)}`));
  const type = Prisma.raw(idType);
  const found: unknown[] = await tx.$queryRaw`
    SELECT t.id::text AS id, t.record_type, jsonb_build_object(${shown}) AS columns
      FROM ${Prisma.raw(table)} t WHERE t.id = ANY (${[...ids]}::text[]::${type}[])`;
  const changed = found.flatMap((one) => {
    const row = rowSchema.parse(one);
    const conceal = (name: string, value: Json): Json => {
      if (bodies.includes(name)) return concealer.body(row.record_type, value);
      if (typeof value !== "string") return value;
      if (naturalKeys.includes(name)) return concealer.naturalKey(row.record_type, value);
      return labels.includes(name) ? concealer.label(value) : concealer.sentence(value);
    };
    const changes = names.flatMap((name): [string, Json][] => {
      const before = encode(row.columns[name]);
      const after = conceal(name, before);
      return JSON.stringify(after) === JSON.stringify(before) ? [] : [[name, after]];
    });
    return changes.length === 0 ? [] : [{ id: row.id, ...Object.fromEntries(changes) }];
  });
  if (changed.length === 0) return;
  const settings = names.map((name) => Prisma.raw(`${name} = COALESCE(r.${name}, t.${name})`));
  const types = [
    `id ${idType}`,
    ...texts.map((name) => `${name} text`),
    ...bodies.map((name) => `${name} jsonb`),
  ];
  await tx.$executeRaw`
    UPDATE ${Prisma.raw(table)} t SET ${Prisma.join(settings)}
      FROM jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) AS r (${Prisma.raw(types.join(", "))})
     WHERE t.id = r.id`;
}

/** What is about the contact alone or was never read: it goes whole, since nothing of it is needed again. */
export async function emptyRows(
  tx: Transaction,
  person: Person,
  names: readonly string[],
  token: string,
): Promise<void> {
  const conditions = personConditions(person);
  await tx.$executeRaw`
    UPDATE match_questions t SET source_words = ${token}, ledger_words = ${token}, differences = ''
     WHERE t.record_type = 'contact' AND ${conditions.match_questions}`;
  await tx.$executeRaw`
    UPDATE quarantined_rows t SET payload = 'null'::jsonb WHERE ${conditions.quarantined_rows}`;
  if (person.pairId !== null)
    await tx.tieOutFigure.updateMany({
      where: { pairId: person.pairId, dimension: "contact", label: { in: [...names] } },
      data: { label: token },
    });
}
