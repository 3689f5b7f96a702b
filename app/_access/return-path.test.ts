import { describe, expect, it } from "vitest";
import { parseReturnPath, returnPathIn } from "./return-path";

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

describe("returnPathIn", () => {
  it("leads back to the page of the workspace that was asked for, with its filters", () => {
    const asked = "/harbour-1a2b3c/exceptions?sort=-amount&q=Quay+side";
    expect(returnPathIn("harbour-1a2b3c", asked)).toBe(asked);
  });

  it("leads to the overview from anywhere else", () => {
    for (const asked of [
      null,
      "/other-9f/setup",
      "/harbour-1a2b3c",
      "//evil.example/harbour-1a2b3c/",
      "/start",
    ])
      expect(returnPathIn("harbour-1a2b3c", asked), String(asked)).toBe("/harbour-1a2b3c/overview");
  });
});
