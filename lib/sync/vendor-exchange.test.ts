import { describe, expect, it } from "vitest";
import type { VendorExchange } from "@/lib/connectors/contract/connector";
import { redact } from "@/lib/telemetry/redact";
import { storableExchange } from "./vendor-exchange";

const anExchange = (given: Partial<VendorExchange>): VendorExchange => ({
  method: "PUT",
  path: "/Invoices",
  sent: { InvoiceNumber: "INV-1" },
  status: 400,
  answered: { Message: "A validation exception occurred" },
  vendorRequestId: "r1",
  ...given,
});

describe("storableExchange", () => {
  it("keeps what was sent and what came back as they were", () => {
    expect(storableExchange(anExchange({}), redact)).toEqual(anExchange({}));
  });

  it("cuts secrets by their name and by their look, however deep they stand", () => {
    const stored = storableExchange(
      anExchange({
        path: "/Invoices?access_token=abcdefgh",
        sent: { a: [{ b: { refresh_token: "very-secret" } }] },
        answered: "Unauthorized: Bearer eyJhbGciOiJSUzI1NiJ9.eyJzdWIi.c2ln",
      }),
      redact,
    );
    const text = JSON.stringify(stored);
    for (const secret of ["abcdefgh", "very-secret", "eyJ"]) expect(text).not.toContain(secret);
  });

  it("stays small, whatever came, and says what was cut", () => {
    const lines = Array.from({ length: 1_000 }, (_, index) => ({ LineItemID: String(index) }));
    const stored = storableExchange(
      anExchange({ sent: { LineItems: lines }, answered: `<html>${"x".repeat(1_000_000)}` }),
      redact,
    );
    expect(JSON.stringify(stored).length).toBeLessThan(20_000);
    expect(JSON.stringify(stored.sent)).toContain("980 more");
    expect(JSON.stringify(stored.answered)).toContain("(cut)");
  });

  it("stays small where every member is long", () => {
    const wide = Object.fromEntries(
      Array.from({ length: 500 }, (_, index) => [`f${index}`, "y".repeat(900)]),
    );
    expect(JSON.stringify(storableExchange(anExchange({ sent: wide }), redact)).length).toBeLessThan(20_000);
  });
});
