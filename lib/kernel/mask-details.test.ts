import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maskEmail, maskNumber, maskText } from "./mask-details";

const letters = (min: number, max: number) =>
  fc.string({ unit: fc.constantFrom(..."abcdefghijklmnop0123456789"), minLength: min, maxLength: max });
const email = fc
  .tuple(letters(2, 20), letters(1, 12), fc.constantFrom("co.uk", "test", "com", "de"))
  .map(([name, host, end]) => ({ name, address: `${name}@${host}.${end}` }));
const phone = fc
  .array(fc.integer({ min: 0, max: 9 }), { minLength: 8, maxLength: 14 })
  .map((digits) => `+${digits.join("")}`);
const prose = fc.string({ unit: fc.constantFrom(..."abc XYZ 019 .,-/£€"), maxLength: 30 });

describe("a masked text", () => {
  it("shows of an address its first letter and its domain", () => {
    expect(maskEmail("anna@shop.co.uk")).toBe("a***@shop.co.uk");
    expect(maskEmail("@shop.co.uk")).toBe("***");
  });

  it("shows of a number its last two digits, and nothing of a short one", () => {
    expect(maskNumber("+44 20 7946 0018")).toBe("***18");
    expect(maskNumber("12345")).toBe("***");
  });

  it("holds no address and no telephone number that stood in it, wherever that was", () => {
    fc.assert(
      fc.property(prose, email, prose, phone, (before, { name, address }, between, number) => {
        const masked = maskText(`${before} ${address} ${between} ${number}`);
        expect(masked).not.toContain(address);
        expect(masked).not.toContain(`${name}@`);
        expect(masked).not.toContain(number);
      }),
    );
  });

  it("is the same when it is masked again", () => {
    fc.assert(
      fc.property(prose, email, phone, (words, { address }, number) => {
        const once = maskText(`${words} ${address} ${number} DE89 3704 0044 0532 0130 00`);
        expect(maskText(once)).toBe(once);
      }),
    );
  });

  it("leaves numbers, days and amounts of documents as they are", () => {
    const words = "Invoice INV-1042 of 2026-07-01 over 1,234.56 GBP, VAT 20%, PO-7/3, +5.00 rounding";
    expect(maskText(words)).toBe(words);
  });

  it("hides an IBAN but for its end", () => {
    expect(maskText("Pay to DE89 3704 0044 0532 0130 00, please")).toBe("Pay to ***00, please");
  });
});
