import { expect, test } from "vitest";
import { parseLocalDate } from "@/lib/domain/local-date";
import type { Payment } from "@/lib/domain/settlement";
import { aPayment } from "@/tests/builders/records";
import { matchSettlement } from "./match-settlement";

const EXPECTED = { marker: "T-pair-1-own", isOurs: (marker: string) => marker.startsWith("T-pair-1-") };
/** As it is to be posted: with the ledger's account in it. */
const payment = aPayment({ accountKey: "090" });
const inLedger = (changes: Partial<Payment> = {}): Payment =>
  aPayment({ externalId: "x-1", accountKey: "090", ...changes });
const match = (equal: readonly Payment[], nearby: readonly Payment[] = []) =>
  matchSettlement<Payment>(payment, EXPECTED, equal, nearby);

test("one with our marker is ours, whatever else is alike", () => {
  const own = inLedger({ externalId: "x-2", marker: EXPECTED.marker });
  expect(match([inLedger(), own])).toMatchObject({ kind: "linked", how: "adopted", record: own });
});

test("one that was typed by hand with the same document, date, amount and account is the same", () => {
  expect(match([inLedger()])).toMatchObject({ kind: "linked", how: "matched" });
  expect(match([inLedger({ accountKey: null })]).kind).toBe("linked");
});

test("one on another account is for a person, unless another agrees in the account too", () => {
  const elsewhere = inLedger({ accountKey: "091" });
  expect(match([elsewhere])).toMatchObject({ kind: "doubt", doubts: [{ differences: "account 091" }] });
  const same = inLedger({ externalId: "x-2" });
  expect(match([elsewhere, same])).toMatchObject({ kind: "linked", record: same });
});

test("one of the same document and amount some days apart is for a person, one of weeks apart is another", () => {
  const later = inLedger({ date: parseLocalDate("2026-05-29") });
  const days = matchSettlement<Payment>(
    { ...payment, date: parseLocalDate("2026-05-25") },
    EXPECTED,
    [],
    [later],
  );
  expect(days).toMatchObject({ kind: "doubt", doubts: [{ differences: "date 2026-05-29" }] });
  const weeks = matchSettlement<Payment>(
    { ...payment, date: parseLocalDate("2026-05-01") },
    EXPECTED,
    [],
    [later],
  );
  expect(weeks.kind).toBe("none");
});

test("one of another customer is another", () => {
  expect(match([], [inLedger({ contactName: "Ben Fisher" })]).kind).toBe("none");
});

test("the one that we posted for another payment, and one that was taken back, are nothing", () => {
  const ofAnother = inLedger({ marker: "T-pair-1-other" });
  const gone = inLedger({ status: "deleted" });
  expect(match([ofAnother, gone], [ofAnother, gone]).kind).toBe("none");
});
