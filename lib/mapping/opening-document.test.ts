import { expect, test } from "vitest";
import { parseLocalDate } from "@/lib/domain/local-date";
import { linked, referencesTo } from "@/tests/builders/ledger";
import { anInvoice, gbp } from "@/tests/builders/records";
import { confirmedMaps } from "@/tests/builders/reference-data";
import { mapRecord } from "./map-record";
import { openingDocument, withOpeningAccount } from "./opening-document";

const CUT_OVER = parseLocalDate("2026-07-01");

test("an opening balance is what was open, on one line without tax, under the number and due date that it had", () => {
  const opening = openingDocument(anInvoice({ status: "paid" }), gbp("10.50"), CUT_OVER);
  expect(opening).toMatchObject({
    number: "INV-1",
    contactId: "z-ada",
    date: "2026-07-01",
    dueDate: "2026-06-09",
    status: "open",
    lineAmounts: "noTax",
    gross: gbp("10.50"),
    net: gbp("10.50"),
    tax: gbp("0.00"),
    remaining: gbp("10.50"),
  });
  expect(opening.lines).toHaveLength(1);
  expect(opening.lines[0]?.description).toBe("Open balance of INV-1 of 2026-05-10, total 24.00 GBP");
});

test("it goes to the account that a person chose, and to none without a choice", () => {
  const opening = openingDocument(anInvoice(), gbp("10.50"), CUT_OVER);
  const references = referencesTo({ "z-ada": linked("x-ada") });
  const maps = confirmedMaps();
  expect(mapRecord(opening, withOpeningAccount(maps, "200"), references)).toMatchObject({
    ok: true,
    value: { record: { lines: [{ accountKey: "200" }] } },
  });
  expect(mapRecord(opening, maps, references)).toMatchObject({
    ok: false,
    error: [{ cause: "accountNotMapped" }],
  });
});
