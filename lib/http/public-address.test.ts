import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isPublicIp, readBaseAddress } from "./public-address";

/** Every spelling of an address that a URL parser takes leads to the same judgement. */

const octet = fc.integer({ min: 0, max: 255 });
const PRIVATE_HEADS: readonly (readonly number[])[] = [
  [127],
  [10],
  [0],
  [192, 168],
  [172, 16],
  [172, 31],
  [169, 254],
  [100, 64],
  [100, 127],
  [198, 18],
  [224],
  [255],
];
const privateIpv4 = fc
  .tuple(fc.constantFrom(...PRIVATE_HEADS), octet, octet, octet)
  .map(([head, ...rest]) => [...head, ...rest].slice(0, 4));

const asNumber = (octets: readonly number[]): number => octets.reduce((sum, part) => sum * 256 + part, 0);
const hex = (part: number): string => part.toString(16);
const groups = ([a = 0, b = 0, c = 0, d = 0]: readonly number[]): string =>
  `${hex(a * 256 + b)}:${hex(c * 256 + d)}`;

const SPELLINGS: Readonly<Record<string, (octets: readonly number[]) => string>> = {
  dotted: (octets) => octets.join("."),
  decimal: (octets) => String(asNumber(octets)),
  hexadecimal: (octets) => `0x${hex(asNumber(octets))}`,
  octal: (octets) => octets.map((part) => `0${part.toString(8)}`).join("."),
  "dotted hexadecimal": (octets) => octets.map((part) => `0x${hex(part)}`).join("."),
  "three parts": ([a = 0, b = 0, c = 0, d = 0]) => `${a}.${b}.${c * 256 + d}`,
  "two parts": ([a = 0, b = 0, c = 0, d = 0]) => `${a}.${b * 65_536 + c * 256 + d}`,
  "with a final dot": (octets) => `${octets.join(".")}.`,
  "full-width digits": (octets) =>
    octets.join(".").replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit))),
  "percent-encoded": (octets) => octets.join(".").replace(/\d/g, (digit) => `%3${digit}`),
  "mapped into IPv6": (octets) => `[::ffff:${octets.join(".")}]`,
  "mapped into IPv6 in hexadecimal": (octets) => `[::ffff:${groups(octets)}]`,
  "compatible IPv6": (octets) => `[::${groups(octets)}]`,
  "translated IPv6 (NAT64)": (octets) => `[64:ff9b::${groups(octets)}]`,
  "6to4": (octets) => `[2002:${groups(octets)}::1]`,
};

describe("a private address", () => {
  test.each(Object.entries(SPELLINGS))("is refused when it is written %s", (_name, spell) => {
    fc.assert(
      fc.property(privateIpv4, fc.constantFrom("", ":443", ":8443"), (octets, port) => {
        expect(readBaseAddress(`https://${spell(octets)}${port}/api`, null).ok).toBe(false);
      }),
    );
  });

  test.each([
    "https://[::1]",
    "https://[::]",
    "https://[fe80::1]",
    "https://[fc00::1]",
    "https://[fd12:3456::1]",
    "https://[ff02::1]",
    "https://[2001:db8::1]",
    "https://localhost",
    "https://LOCALHOST.",
    "https://a.localhost",
    "https://intranet",
    "https://db.internal",
    "https://printer.local",
    "https://metadata.google.internal/computeMetadata",
  ])("is refused as %s", (address) => {
    expect(readBaseAddress(address, null).ok).toBe(false);
  });

  test("is refused as the configured sandbox with another port, name or scheme", () => {
    const sandbox = "http://localhost:4010";
    expect(readBaseAddress("http://localhost:4010/tims/", sandbox)).toEqual({
      ok: true,
      value: "http://localhost:4010/tims",
    });
    for (const address of ["http://localhost:4011", "http://127.0.0.1:4010", "https://localhost:4010"])
      expect(readBaseAddress(address, sandbox).ok).toBe(false);
    expect(readBaseAddress("http://localhost:4010", null).ok).toBe(false);
  });
});

describe("a public address", () => {
  test("passes in https alone, without its final slash", () => {
    expect(readBaseAddress(" https://erp.example.com/tims/ ", null)).toEqual({
      ok: true,
      value: "https://erp.example.com/tims",
    });
    expect(readBaseAddress("http://erp.example.com", null).ok).toBe(false);
    expect(readBaseAddress("ftp://erp.example.com", null).ok).toBe(false);
    expect(readBaseAddress("file:///etc/passwd", null).ok).toBe(false);
  });

  test.each([
    "https://user:secret@erp.example.com",
    "https://erp.example.com@10.0.0.1",
    "https://erp.example.com/?next=http://10.0.0.1",
    "https://erp.example.com/#x",
    "https://erp.example.com:22",
    "erp.example.com",
    "",
  ])("is refused as %s", (address) => {
    expect(readBaseAddress(address, null).ok).toBe(false);
  });

  test.each(["8.8.8.8", "1.1.1.1", "193.0.6.139", "2606:4700:4700::1111", "2a00:1450:4001:81b::200e"])(
    "%s is one",
    (ip) => {
      expect(isPublicIp(ip)).toBe(true);
    },
  );

  test("is never found in text that is no address", () => {
    fc.assert(fc.property(fc.string(), (text) => !isPublicIp(text) || /^[\d.]+$|^[\da-f:.]+$/i.test(text)));
  });
});
