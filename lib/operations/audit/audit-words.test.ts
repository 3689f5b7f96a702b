import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { AREA_PREFIXES, AUDIT_WORDS } from "./audit-words";

/** Every action that some part of the product writes into the trail. */
function writtenActions(): string[] {
  const files = readdirSync("lib", { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".ts") && !file.endsWith(".test.ts") && !file.includes("generated"),
  );
  const found = files.flatMap((file) => [
    ...readFileSync(join("lib", file), "utf8").matchAll(/action:[^\n]*?"([a-z]\w*\.[a-z]\w*)"/gi),
  ]);
  return [...new Set(found.flatMap(([, action]) => action ?? []))];
}

test("every action that is written into the trail has words and an area", () => {
  const actions = writtenActions();
  expect(actions.length).toBeGreaterThan(20);
  expect(actions.filter((action) => AUDIT_WORDS[action] === undefined)).toEqual([]);
  const prefixes = Object.values(AREA_PREFIXES).flat();
  expect(actions.filter((action) => !prefixes.some((prefix) => action.startsWith(prefix)))).toEqual([]);
});
