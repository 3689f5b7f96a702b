import { expect, test } from "vitest";
import { looksLikeDemoCompany } from "./demo-company";

test.each([
  ["xero", "Demo Company (UK)", true],
  ["xero", "Demo Company", true],
  ["xero", "Demo Company Holdings Ltd", false],
  ["zoho-books", "Demo Company (UK)", false],
])("of %s, %s counts as Xero's demo company: %s", (connectorId, name, isDemo) => {
  expect(looksLikeDemoCompany(connectorId, name)).toBe(isDemo);
});
