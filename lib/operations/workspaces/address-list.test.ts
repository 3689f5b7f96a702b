import { describe, expect, it } from "vitest";
import { ADDRESSES_MAX, holdsAddress, readAddressLines } from "./address-list";

describe("a list of addresses", () => {
  it.each([
    ["203.0.113.7", "203.0.113.7", true],
    ["203.0.113.7", "203.0.113.8", false],
    ["203.0.113.0/24", "203.0.113.255", true],
    ["203.0.113.77/24", "203.0.113.1", true],
    ["203.0.113.0/24", "203.0.114.0", false],
    ["203.0.113.0/25", "203.0.113.128", false],
    ["10.0.0.0/8", "::ffff:10.1.2.3", true],
    ["10.0.0.0/8", "::ffff:11.1.2.3", false],
    ["::ffff:10.1.2.3", "10.1.2.3", true],
    ["::ffff:10.1.2.3", "::FFFF:10.1.2.3", true],
    ["::ffff:10.1.2.3", "10.1.2.4", false],
    ["2001:db8::/32", "2001:db8:ffff::1", true],
    ["2001:db8::/32", "2001:db9::1", false],
    ["2001:db8::1", "2001:0db8:0:0:0:0:0:1", true],
    ["2001:db8::/32", "203.0.113.7", false],
    ["203.0.113.0/24", "unknown", false],
    ["203.0.113.0/24", "", false],
    ["fe80::/10", "fe80::1%eth0", false],
    ["nonsense", "203.0.113.7", false],
  ])("%s holds %s: %s", (entry, address, held) => {
    expect(holdsAddress([entry], address)).toBe(held);
  });

  it("holds nobody while it is empty, so that the caller says what empty means", () => {
    expect(holdsAddress([], "203.0.113.7")).toBe(false);
  });

  it("is read by lines and commas, without repeats and empty lines", () => {
    expect(readAddressLines(" 203.0.113.7\n\n2001:DB8::/32, 203.0.113.7\r\n")).toEqual({
      ok: true,
      value: ["203.0.113.7", "2001:db8::/32"],
    });
  });

  it.each([
    "203.0.113",
    "203.0.113.256",
    "203.0.113.0/33",
    "203.0.113.0/",
    "203.0.113.0/024",
    "0.0.0.0/0",
    "2001:db8::/129",
    "1.2.3.4/8/8",
    "office.example",
    "fe80::1%eth0",
  ])("takes no %s, and says which line it is", (line) => {
    const read = readAddressLines(`203.0.113.7\n${line}`);
    expect(read.ok ? "" : read.error).toContain(line);
  });

  it("has an end", () => {
    const lines = Array.from({ length: ADDRESSES_MAX + 1 }, (_, index) => `10.0.${index}.1`).join("\n");
    expect(readAddressLines(lines).ok).toBe(false);
  });
});
