import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type EndpointTable, XERO_ENDPOINTS, ZOHO_BOOKS_ENDPOINTS } from "./endpoints";

/** The code of a connector, without its tests. */
function sourcesOf(connector: string): { file: string; text: string }[] {
  const folder = join("lib/connectors", connector);
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .map((file) => ({ file, text: readFileSync(join(folder, file), "utf8") }));
}

const pathsOf = (table: EndpointTable, access: "reads" | "writes"): string[] =>
  table.endpoints.filter((one) => one[access]).map(({ path }) => path);

const unique = (paths: readonly string[]): string[] => [...new Set(paths)].sort();

/** Where the name of the SDK's method is not that of the path. */
const SPELLED_OTHERWISE: Readonly<Record<string, string>> = {
  CreditNoteAllocation: "/CreditNotes",
  Organisation: "/Organisation",
};

describe("the endpoints of the help", () => {
  it("are those of Xero that the connector calls, to read and to write", () => {
    const code = sourcesOf("xero")
      .map(({ text }) => text)
      .join("\n");
    const called = (verbs: string): string[] =>
      [...code.matchAll(new RegExp(`api\\.(?:${verbs})([A-Z]\\w+?)s?\\(`, "g"))].map(
        ([, name = ""]) => SPELLED_OTHERWISE[name] ?? `/${name.replace(/y$/, "ie")}s`,
      );
    expect(unique(called("get"))).toEqual(unique(pathsOf(XERO_ENDPOINTS, "reads")));
    expect(unique(called("create|updateOrCreate|delete"))).toEqual(unique(pathsOf(XERO_ENDPOINTS, "writes")));
  });

  it("are those of Zoho Books that the connector calls, to read and to write", () => {
    // Voids name the folder alone.
    const roots = (text: string): string[] =>
      [...text.matchAll(/["`]\/([a-z]+)(?=["`/$])|voidDocument\(client, element, "([a-z]+)"/g)].map(
        ([, root, folder = ""]) => `/${root ?? folder}`,
      );
    const sources = sourcesOf("zoho-books").filter(({ file }) => file.startsWith("records/"));
    const isWriting = (file: string): boolean => file === "records/write.ts";
    const read = sources.filter(({ file }) => !isWriting(file)).flatMap(({ text }) => roots(text));
    const written = sources.filter(({ file }) => isWriting(file)).flatMap(({ text }) => roots(text));
    expect(unique(read)).toEqual(unique(pathsOf(ZOHO_BOOKS_ENDPOINTS, "reads")));
    expect(unique(written)).toEqual(unique(pathsOf(ZOHO_BOOKS_ENDPOINTS, "writes")));
  });
});
