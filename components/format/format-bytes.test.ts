import { expect, test } from "vitest";
import { formatBytes } from "./format-bytes";

test.each([
  ["0", "0 bytes"],
  ["999", "999 bytes"],
  ["1000", "1.0 kB"],
  ["4199999", "4.1 MB"],
  ["12000000000", "12.0 GB"],
  ["9007199254740993000", "9007199.2 TB"],
])("%s reads %s", (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});
