import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Route } from "@/sandbox/xero/api/route";
import { ROUTES } from "@/sandbox/xero/api/routes";
import { PAYROLL_ROUTES } from "@/sandbox/xero/payroll/employee-calls";
import { checkAnswer, checkRequest } from "@/tests/specifications/check-exchange";
import { DOCUMENT, documentWith } from "@/tests/specifications/documented";
import { counted } from "@/tests/specifications/recorded";
import { hasReference } from "@/tests/specifications/reference";
import { describeDocuments } from "./document-operations";
import { describeFurther, describePayroll } from "./further-operations";
import { describeIdentity } from "./identity-operations";
import { describePaperwork, describeReports } from "./paperwork-operations";
import { describeSettings } from "./settings-operations";
import { startXeroNodeWorld, type XeroNodeWorld } from "./xero-node-world";

/** Addresses that live Xero takes and xero-node never calls. */
const WITHOUT_A_METHOD: Readonly<Record<string, string>> = {
  "GET /Organisations": "the plural of /Organisation, which other clients use",
  "GET /Invoices/{id}/pdf": "xero-node asks the record's own address for a PDF",
  "GET /CreditNotes/{id}/pdf": "xero-node asks the record's own address for a PDF",
  "GET /PurchaseOrders/{id}/pdf": "xero-node asks the record's own address for a PDF",
  "GET /Quotes/{id}/pdf": "xero-node asks the record's own address for a PDF",
};

let running: XeroNodeWorld;
const world = (): XeroNodeWorld => running;

beforeAll(async () => {
  running = await startXeroNodeWorld();
});
afterAll(() => running.stop());

describe("identity", () => describeIdentity(world));
describe("settings", () => describeSettings(world));
describe("documents", () => describeDocuments(world));
describe("further records", () => describeFurther(world));
describe("paperwork", () => describePaperwork(world));
describe("reports", () => describeReports(world));
describe("payroll", () => describePayroll(world));

describe("all of the above", () => {
  it("called every address that the sandbox answers, and was answered", () => {
    const listed = [...ROUTES, ...PAYROLL_ROUTES].map(({ method, operation }) => `${method} ${operation}`);
    const covered = new Set([...running.answered.keys(), ...Object.keys(WITHOUT_A_METHOD)]);
    expect(listed.filter((address) => !covered.has(address))).toEqual([]);
    expect(Object.keys(WITHOUT_A_METHOD).filter((address) => !listed.includes(address))).toEqual([]);
  });

  it("docs/sandbox.md names each address with the method that was tested on it", async () => {
    const rowsOf = (routes: readonly Route[]): string[][] =>
      routes
        .map(({ method, operation }) => `${method} ${operation}`)
        .sort((one, other) => (pathFirst(one) < pathFirst(other) ? -1 : 1))
        .map((address) => [
          ...address.split(" "),
          [...(running.answered.get(address) ?? [])].sort().join(", ") || (WITHOUT_A_METHOD[address] ?? ""),
        ]);
    const header = ["method", "path", "operation, which is also xero-node's method"];
    const tables = [
      { table: "xero operations", header, rows: rowsOf(ROUTES) },
      { table: "xero-payroll operations", header, rows: rowsOf(PAYROLL_ROUTES) },
    ];
    await expect(documentWith(tables)).toMatchFileSnapshot(DOCUMENT);
  });

  if (hasReference("xero-node's calls and the sandbox's answers against Xero's description")) {
    it("sent what Xero describes", () => {
      expect(counted(running.exchanges.flatMap(checkRequest))).toEqual({});
    });

    it("was answered as Xero describes", () => {
      expect(counted(running.exchanges.flatMap(checkAnswer))).toEqual({});
    });
  }
});

function pathFirst(address: string): string {
  return address.split(" ").reverse().join(" ");
}
