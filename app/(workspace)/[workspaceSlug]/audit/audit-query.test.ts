import { expect, test } from "vitest";
import { auditHref, parseAuditQuery } from "./audit-query";

test("choices come back out of the address that they make", () => {
  const sort = { key: "time", descending: false } as const;
  const chosen = { area: "record", from: "2026-11-01", to: "2026-11-30", sort } as const;
  const address = new URL(auditHref("/harbour/audit", chosen, "812"), "http://localhost");
  expect(address.pathname).toBe("/harbour/audit");
  expect(parseAuditQuery(Object.fromEntries(address.searchParams))).toEqual({ ...chosen, before: "812" });
});

test("what is no choice of ours counts as none", () => {
  const nonsense = {
    area: "everything",
    from: "yesterday",
    to: ["2026-11-30"],
    sort: "subject",
    before: "1; DROP",
  };
  const sort = { key: "time", descending: true } as const;
  const nothing = { area: null, from: null, to: null, sort, before: null };
  expect(parseAuditQuery(nonsense)).toEqual(nothing);
  expect(auditHref("/harbour/audit", nothing)).toBe("/harbour/audit");
});
