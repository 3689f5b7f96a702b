import { afterEach, beforeEach, expect, vi } from "vitest";

/** Unexpected console output fails the test that caused it: noise hides the line that matters. */
const METHODS = ["error", "warn", "log", "info", "debug"] as const;
const heard: string[] = [];

beforeEach(() => {
  heard.length = 0;
  for (const method of METHODS) {
    vi.spyOn(console, method).mockImplementation((...parts: unknown[]) => {
      heard.push(`console.${method}: ${parts.map(String).join(" ")}`);
    });
  }
});

afterEach(() => {
  const lines = [...heard];
  vi.restoreAllMocks();
  expect(lines, "unexpected console output").toEqual([]);
});
