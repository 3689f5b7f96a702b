import { inflateSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type PdfBlock, writePdf } from "./write-pdf";

const report = (blocks: readonly PdfBlock[]) =>
  writePdf({
    title: "Tie-out",
    subtitle: "Harbour Gifts Ltd",
    footer: "Harbour Gifts Ltd",
    createdAt: new Date("2026-11-21T12:00:00Z"),
    blocks,
  });

const table = (rows: readonly (readonly string[])[]): PdfBlock => ({
  kind: "table",
  columns: [
    { title: "Name", parts: 3 },
    { title: "Total", parts: 1, align: "right" },
  ],
  rows,
});

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1");
const pagesOf = (bytes: Uint8Array): number => textOf(bytes).match(/\/Type \/Page\b(?!s)/g)?.length ?? 0;

/** Drawing orders of every page. */
function streamsOf(bytes: Uint8Array): string {
  const file = Buffer.from(bytes);
  const found: string[] = [];
  for (let at = file.indexOf("stream\n"); at !== -1; at = file.indexOf("stream\n", at + 7)) {
    const start = at + 7;
    const end = file.indexOf("\nendstream", start);
    if (file[start] === 0x78) found.push(inflateSync(file.subarray(start, end)).toString("latin1"));
    at = end;
  }
  return found.join("\n");
}

describe("a report as PDF", () => {
  it("is a whole PDF with its title and language", async () => {
    const text = textOf(await report([table([["A", "1"]])]));
    expect(text.startsWith("%PDF-1.")).toBe(true);
    expect(text.trimEnd().endsWith("%%EOF")).toBe(true);
    expect(text).toContain("/Lang (en-GB)");
  });

  it("goes on over as many pages as its rows need, and no page is empty", async () => {
    const rows = Array.from({ length: 300 }, (_, at) => [`Row ${at}`, "GBP 1.00"]);
    const pages = pagesOf(await report([table(rows)]));
    expect(pages).toBeGreaterThan(5);
    expect(pages).toBeLessThan(20);
    expect(
      pagesOf(await report([table(rows.slice(0, 3)), { kind: "signature", labels: ["By", "Date"] }])),
    ).toBe(1);
  });

  it("sets a longer amount further to the left, so that the last digits stand under each other", async () => {
    const places = async (amount: string) =>
      [...streamsOf(await report([table([["", amount]])])).matchAll(/1 0 0 1 ([\d.]+) [\d.]+ Tm/g)].map(
        ([, left]) => Number(left),
      );
    const [short, long] = [await places("1.00"), await places("1,000,000.00")];
    expect(Math.max(...long)).toBeGreaterThan(0);
    expect(Math.max(...long)).toBeLessThan(Math.max(...short));
  });

  it("takes any text, of any length, in any language", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme", maxLength: 60 }), async (text) => {
        const bytes = await report([{ kind: "text", text }, table([[text, text]])]);
        expect(pagesOf(bytes)).toBeGreaterThan(0);
      }),
      { numRuns: 15 },
    );
    expect(pagesOf(await report([table([["Ελλάδα Łódź Привет 日本 ".repeat(600), "1"]])]))).toBeLessThan(4);
  });
});
