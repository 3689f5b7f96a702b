import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDatabase, type Database, Prisma } from "@/lib/db/client";
import { createTestDatabase, type TestDatabase } from "@/tests/setup/database";
import { beyond, type KeyOrder, orderBy, pageKey } from "./page-key";

let urls: TestDatabase;
let database: Database;

beforeAll(async () => {
  urls = await createTestDatabase();
  database = createDatabase(urls);
});
afterAll(async () => {
  await database.disconnect();
  await urls.drop();
});

const KINDS = ["text", "integer", "instant"] as const;
const PAGE_ROWS = 3;
const INSTANT_MAX = Date.UTC(2030, 0, 1);

/** Few different values, so that equal ones fall on the edge of a page. */
const valuesOf = {
  text: fc.constantFrom("", "A", "a", "Ä", "INV-10", "INV-9", "~", "1~2"),
  integer: fc.constantFrom("-1", "0", "7", "184070", "999999999999"),
  instant: fc
    .integer({ min: 0, max: 3 })
    .map((day) => new Date(INSTANT_MAX - day * 86_400_000).toISOString()),
} as const;

const lists = fc.tuple(fc.constantFrom(...KINDS), fc.boolean()).chain(([kind, descending]) =>
  fc.record({
    kind: fc.constant(kind),
    descending: fc.constant(descending),
    values: fc.array(valuesOf[kind], { maxLength: 14 }),
  }),
);

const TYPES = {
  text: Prisma.sql`text[]`,
  integer: Prisma.sql`bigint[]`,
  instant: Prisma.sql`timestamptz[]`,
} as const;

async function readPage(
  values: readonly string[],
  order: KeyOrder,
  after: string | null,
): Promise<{ value: string | bigint | Date; tie: bigint }[]> {
  const condition = beyond(order, after) ?? Prisma.sql`true`;
  return database.withoutWorkspace(
    (tx) => tx.$queryRaw`
    SELECT r.value, r.tie FROM unnest(${[...values]}::${TYPES[order.kind]}) WITH ORDINALITY AS r (value, tie)
     WHERE ${condition} ORDER BY ${orderBy(order)} LIMIT ${PAGE_ROWS}`,
  );
}

describe("paging by key", () => {
  it("gives each row once and in order, whatever the list is put in order by and however many are equal", async () => {
    await fc.assert(
      fc.asyncProperty(lists, async ({ kind, descending, values }) => {
        const order: KeyOrder = {
          column: Prisma.sql`r.value`,
          tie: Prisma.sql`r.tie`,
          tieKind: "integer",
          kind,
          descending,
        };
        const seen: bigint[] = [];
        for (let after: string | null = null, pages = 0; pages <= values.length; pages += 1) {
          const page = await readPage(values, order, after);
          seen.push(...page.map((row) => row.tie));
          const last = page.at(-1);
          if (!last) break;
          after = pageKey(last.value, last.tie);
        }
        const all = await database.withoutWorkspace(
          (tx) => tx.$queryRaw<{ tie: bigint }[]>`
            SELECT r.tie FROM unnest(${values}::${TYPES[kind]}) WITH ORDINALITY AS r (value, tie) ORDER BY ${orderBy(order)}`,
        );
        expect(seen).toEqual(all.map((row) => row.tie));
      }),
      { numRuns: 60 },
    );
  });

  it("begins at the first row where the place is none of this order", () => {
    const order: KeyOrder = {
      column: Prisma.sql`r.value`,
      tie: Prisma.sql`r.tie`,
      tieKind: "integer",
      kind: "integer",
      descending: false,
    };
    for (const after of [null, "", "12", "x~1", "1~x", "1~", "~1", "1~1; DROP TABLE users"])
      expect(beyond(order, after)).toBeNull();
    expect(beyond({ ...order, tieKind: "uuid" }, "1~1")).toBeNull();
    expect(beyond({ ...order, kind: "text" }, "1~a\u0000b")).toBeNull();
  });
});
