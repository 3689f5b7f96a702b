import { describe, expect, it } from "vitest";
import { isOverrideStale, type RecordOverride } from "@/lib/domain/record-override";
import { anInvoice } from "@/tests/builders/records";
import { overrideMaps, overrideRecord, overrideReferences, overrideWarnings } from "./apply-overrides";
import type { ReferenceState, References } from "./references";
import type { ValueMaps } from "./value-maps";

const anOverride = (given: Partial<RecordOverride>): RecordOverride => ({
  field: "date",
  sourceKey: "",
  value: "2026-07-01",
  label: "2026-07-01",
  sourceValue: "2026-06-14",
  origin: "person",
  madeByName: "Olivia Shaw",
  ...given,
});

const absent = (): ReferenceState => ({ state: "absent" });
const references: References = {
  contact: absent,
  item: absent,
  invoice: absent,
  creditNote: absent,
  bill: absent,
  supplierCredit: absent,
};

describe("what a person chose for one record", () => {
  it("takes the place of its number and date, and of nothing else", () => {
    const invoice = anInvoice();
    const chosen = overrideRecord(invoice, [
      anOverride({ value: "2026-07-01" }),
      anOverride({ field: "number", value: "INV-9" }),
    ]);
    expect(chosen).toEqual({ ...invoice, date: "2026-07-01", number: "INV-9" });
  });

  it("takes the place of a choice of the set-up by the source's own key", () => {
    const maps = { account: new Map([["sales", "200"]]), tax: new Map(), paymentAccount: new Map() };
    const changed = overrideMaps(maps as unknown as ValueMaps, [
      anOverride({ field: "account", sourceKey: "sales", value: "260" }),
    ]);
    expect(changed.account.get("sales")).toBe("260");
    expect(maps.account.get("sales")).toBe("200");
  });

  it("leads to the chosen contact, and leaves every other contact as it was", () => {
    const chosen = overrideReferences(references, [
      anOverride({ field: "contact", sourceValue: "c1", value: "ledger-9" }),
    ]);
    expect(chosen.contact("c1")).toEqual({ state: "linked", ledgerId: "ledger-9", ledgerCode: "" });
    expect(chosen.contact("c2")).toEqual({ state: "absent" });
  });

  it("is told in the preview, with what it means for tax where a locked period was the reason", () => {
    expect(overrideWarnings([anOverride({ origin: "firstOpenDay" })])).toEqual([
      "It is posted on 2026-07-01 instead of 2026-06-14, as Olivia Shaw chose, since that period is locked: it counts in another period, for tax too.",
    ]);
  });

  it("is stale once the source says something else in that field, and only then", () => {
    const invoice = anInvoice();
    const date = anOverride({ sourceValue: invoice.date });
    expect(isOverrideStale(invoice, date)).toBe(false);
    expect(isOverrideStale({ ...invoice, number: "other" }, date)).toBe(false);
    expect(isOverrideStale({ ...invoice, date: date.value as typeof invoice.date }, date)).toBe(true);
    const account = anOverride({ field: "account", sourceKey: "gone", sourceValue: "gone" });
    expect(isOverrideStale(invoice, account)).toBe(true);
  });
});
