import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { ConflictRule } from "@/lib/domain/two-sided";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import type { TestClient } from "@/sandbox/xero/test-client";
import { type ProductWorld, startProductWorld } from "../setup/product-world";
import { letBack, syncBothWays } from "./back-to-source";
import { expectAgreement, listOpen, openCompany } from "./company";
import { listAll, openLedger } from "./ledger-books";
import { openSource, type SourceBooks } from "./source-books";

/**
 * Two people change one customer, one in Zoho Books and one in Xero. What they did not both touch is carried over; what they
 * did is decided by the owner's rule, field by field, or by a person who sees both versions.
 */
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

let world: ProductWorld;
let access: WorkspaceAccess;
let ledger: TestClient;
let source: SourceBooks;

beforeAll(async () => {
  world = await startProductWorld();
  access = await openCompany(world);
  await world.owner.syncOnce(access);
  await letBack(world, access, ["contact"]);
  await syncBothWays(world, access);
  ledger = await openLedger(world.sandbox.origin);
  source = await openSource(world.sandbox.origin);
});

afterAll(() => world.stop());

const NAME = "Little Oak Toys";

interface Details {
  readonly email: string;
  readonly firstName: string;
}

async function changeInZoho(details: Partial<Details>): Promise<void> {
  const id = await source.findId("contacts", NAME);
  const { contact } = await source.call("GET", `/contacts/${id}`);
  const [person] = personsOf(contact);
  await source.call("PUT", `/contacts/${id}`, {
    contact_persons: [
      {
        ...person,
        ...(details.email === undefined ? {} : { email: details.email }),
        ...(details.firstName === undefined ? {} : { first_name: details.firstName }),
        is_primary_contact: true,
      },
    ],
  });
}

function personsOf(contact: unknown): Record<string, unknown>[] {
  return typeof contact === "object" && contact !== null && "contact_persons" in contact
    ? (contact.contact_persons as Record<string, unknown>[])
    : [];
}

async function changeInXero(details: Partial<Details>): Promise<void> {
  const [contact] = (await listAll(ledger, "Contacts")).filter((one) => one.Name === NAME);
  await ledger.call("POST", `/Contacts/${contact?.ContactID}`, {
    body: {
      ...(details.email === undefined ? {} : { EmailAddress: details.email }),
      ...(details.firstName === undefined ? {} : { FirstName: details.firstName }),
    },
  });
}

/** What each side says now: Zoho Books, then Xero. */
async function both(): Promise<[Details, Details]> {
  const id = await source.findId("contacts", NAME);
  const { contact } = await source.call("GET", `/contacts/${id}`);
  const [person] = personsOf(contact);
  const [there] = (await listAll(ledger, "Contacts")).filter((one) => one.Name === NAME);
  return [
    { email: String(person?.email), firstName: String(person?.first_name) },
    { email: there?.EmailAddress, firstName: there?.FirstName },
  ];
}

async function setRule(conflictRule: ConflictRule): Promise<void> {
  const { setFlow } = await import("@/lib/operations/flows/set-flow");
  const set = await setFlow(access, { recordType: "contact", direction: "toLedger", conflictRule });
  if (!set.ok) throw new Error(set.error.message);
}

describe("two fields of one customer, one changed on each side", () => {
  it("are both carried over, and neither change is lost", async () => {
    await changeInZoho({ email: "zoho@littleoak.test" });
    await changeInXero({ firstName: "Xena" });
    await syncBothWays(world, access);
    const agreed = { email: "zoho@littleoak.test", firstName: "Xena" };
    expect(await both()).toEqual([agreed, agreed]);
    expect((await listOpen(access)).map((one) => one.cause)).not.toContain("conflict");
    await expectAgreement(access);
  });
});

describe("one field of one customer, changed on both sides", () => {
  it("waits for a person and changes nothing meanwhile", async () => {
    await changeInZoho({ email: "one@littleoak.test" });
    await changeInXero({ email: "two@littleoak.test" });
    await syncBothWays(world, access);
    await syncBothWays(world, access);
    expect((await both()).map(({ email }) => email)).toEqual(["one@littleoak.test", "two@littleoak.test"]);
    const { listConflicts } = await import("@/lib/operations/flows/list-conflicts");
    const [conflict, ...others] = await listConflicts(access);
    expect(others).toEqual([]);
    expect(conflict?.label).toBe(NAME);
    expect(conflict?.fields).toEqual([
      { label: "E-mail", source: "one@littleoak.test", ledger: "two@littleoak.test" },
    ]);
    await expectAgreement(access);
  });

  it("goes where the person says, once", async () => {
    await resolve("ledger");
    await syncBothWays(world, access);
    expect((await both()).map(({ email }) => email)).toEqual(["two@littleoak.test", "two@littleoak.test"]);
    expect((await listOpen(access)).map((one) => one.cause)).not.toContain("conflict");
    await expectAgreement(access);
  });

  it.each([
    ["sourceWins", "zoho@rule.test"],
    ["ledgerWins", "xero@rule.test"],
  ] as const)("is decided by the rule %s without a person", async (rule, winner) => {
    await setRule(rule);
    await changeInZoho({ email: "zoho@rule.test" });
    await changeInXero({ email: "xero@rule.test" });
    await syncBothWays(world, access);
    expect((await both()).map(({ email }) => email)).toEqual([winner, winner]);
    expect((await listOpen(access)).map((one) => one.cause)).not.toContain("conflict");
    // So that the next rule begins with two changes again.
    await changeInZoho({ email: "between@rule.test" });
    await syncBothWays(world, access);
    expect((await both()).map(({ email }) => email)).toEqual(["between@rule.test", "between@rule.test"]);
  });

  it("goes to the newest change where the owner chose that", async () => {
    await setRule("newestWins");
    await changeInZoho({ email: "older@rule.test" });
    // Zoho's times have whole seconds.
    const { waitUntil } = await import("./company");
    const second = Math.floor(Date.now() / 1000);
    await waitUntil(() => Math.floor(Date.now() / 1000) > second + 1);
    await changeInXero({ email: "newer@rule.test" });
    await syncBothWays(world, access);
    expect((await both()).map(({ email }) => email)).toEqual(["newer@rule.test", "newer@rule.test"]);
  });

  it("keeps Zoho's version where the person says so", async () => {
    await setRule("ask");
    await changeInZoho({ email: "kept@littleoak.test" });
    await changeInXero({ email: "dropped@littleoak.test" });
    await syncBothWays(world, access);
    await resolve("source");
    await syncBothWays(world, access);
    expect((await both()).map(({ email }) => email)).toEqual(["kept@littleoak.test", "kept@littleoak.test"]);
    await expectAgreement(access);
  });
});

async function resolve(keep: "source" | "ledger"): Promise<void> {
  const { listConflicts } = await import("@/lib/operations/flows/list-conflicts");
  const { resolveConflict } = await import("@/lib/operations/flows/resolve-conflict");
  const [conflict] = await listConflicts(access);
  const outcome = await resolveConflict(access, { exceptionId: conflict?.exceptionId ?? "", keep });
  if (!outcome.ok) throw new Error(outcome.error.message);
}
