import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { describePermissions, readPermissions } from "./permission-document";

/** The two documents about security and privacy say something about everything they have to, and name files that exist. */
const security = readFileSync("docs/security.md", "utf8");
const privacy = readFileSync("docs/privacy.md", "utf8");

const rowsOf = (letter: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${letter}${index + 1}`);

test("every review row of Xero and of Zoho has one state", () => {
  const states = [...security.matchAll(/^\| ([XZ]\d+)\s*\| (done|partly|not yet)\s*\| (.*\S)\s*\|$/gm)];
  expect(states.map(([, row]) => row)).toEqual([...rowsOf("X", 26), ...rowsOf("Z", 12)]);
});

test("every file that is named as proof is there, and no row is done without proof", () => {
  const named = [...security.matchAll(/[\w./-]+\.(?:test|spec)\.ts/g)].map(([file]) => file);
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((file) => !existsSync(file))).toEqual([]);
  const runbooks = [...security.matchAll(/`([\w-]+\.md)`/g)].map(([, file]) => file ?? "");
  expect(
    runbooks.filter((file) => !existsSync(`docs/runbooks/${file}`) && !existsSync(`docs/${file}`)),
  ).toEqual([]);
});

test("every table of the schema is on the map of personal data", () => {
  const tables = [...readFileSync("prisma/schema.prisma", "utf8").matchAll(/@@map\("(\w+)"\)/g)].map(
    ([, table]) => table ?? "",
  );
  expect(tables.length).toBeGreaterThan(40);
  expect(tables.filter((table) => !table.startsWith("quota_") && !privacy.includes(`\`${table}\``))).toEqual(
    [],
  );
});

test("the table of who may do what is the one of the code", () => {
  expect(readPermissions(security)).toBe(describePermissions());
});
