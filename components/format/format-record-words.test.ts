import { describe, expect, it } from "vitest";
import { formatRecordWords } from "./format-record-words";

describe("words about a record", () => {
  it.each([
    [
      "invoice INV 1042, Harbour Lights, 2026-07-01, 1204.50 GBP",
      "invoice INV 1042, Harbour Lights, 1 Jul 2026, £1,204.50",
    ],
    [
      "Different there: date 2026-05-11; total -24.01 USD.",
      "Different there: date 11 May 2026; total −US$24.01.",
    ],
    ["total 5000 JPY, posted by Shopify", "total ¥5,000, posted by Shopify"],
  ])("%s", (words, shown) => expect(formatRecordWords(words)).toBe(shown));

  it.each(["invoice 2026-07-01-A", "Route 66 LTD", "item A-12.50 GBPX", "INV-12.50 GBP"])(
    "leave a name or number as it is: %s",
    (words) => expect(formatRecordWords(words)).toBe(words),
  );
});
