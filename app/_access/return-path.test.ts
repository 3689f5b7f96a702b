import { describe, expect, it } from "vitest";
import { parseReturnPath } from "./return-path";

describe("parseReturnPath", () => {
  it("keeps a path of ours", () => {
    expect(parseReturnPath("/harbour-1a2b3c/overview?from=record")).toBe(
      "/harbour-1a2b3c/overview?from=record",
    );
  });

  it("leads nowhere else", () => {
    const elsewhere = [
      "https://evil.example",
      "//evil.example",
      "/\\evil.example",
      "javascript:alert(1)",
      "",
      undefined,
      [],
    ];
    expect(elsewhere.map(parseReturnPath)).toEqual(elsewhere.map(() => "/start"));
  });
});
