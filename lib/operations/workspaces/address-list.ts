import { BlockList, isIP } from "node:net";
import { err, ok, type Result } from "@/lib/kernel/result";

/**
 * Which network addresses a list of addresses and CIDR ranges holds, IPv4 and IPv6. An IPv4 address that a server tells in
 * its IPv6 form (::ffff:192.0.2.1) counts as the IPv4 address. Text that is no address is in no list.
 */
export const ADDRESSES_MAX = 100;

const PREFIX_MAX = { 4: 32, 6: 128 } as const;

interface Range {
  readonly network: string;
  readonly prefix: number;
  readonly family: "ipv4" | "ipv6";
}

/** The entries of a text, one a line, without empty ones and repeats; or a sentence about the first that is none. */
export function readAddressLines(text: string): Result<readonly string[], string> {
  const entries = [...new Set(text.split(/[\n,]/).map((line) => line.trim().toLowerCase()))].filter(Boolean);
  if (entries.length > ADDRESSES_MAX) return err(`At most ${ADDRESSES_MAX} addresses and ranges.`);
  const wrong = entries.find((entry) => parseRange(entry) === null);
  if (wrong !== undefined)
    return err(`"${wrong}" is no address and no range. Write for example 203.0.113.7 or 203.0.113.0/24.`);
  return ok(entries);
}

/** Whether one of the entries holds the address. An entry that is none holds nothing. */
export function holdsAddress(entries: readonly string[], told: string): boolean {
  const address = toPlain(told);
  const family = familyOf(address);
  if (family === null) return false;
  const list = new BlockList();
  for (const range of entries.map(parseRange))
    if (range !== null) list.addSubnet(range.network, range.prefix, range.family);
  return list.check(address, family);
}

function parseRange(entry: string): Range | null {
  const [network = "", prefixText, ...more] = toPlain(entry).split("/");
  const family = familyOf(network);
  if (family === null || more.length > 0) return null;
  const prefixMax = PREFIX_MAX[family === "ipv4" ? 4 : 6];
  if (prefixText === undefined) return { network, prefix: prefixMax, family };
  const prefix = /^(0|[1-9]\d{0,2})$/.test(prefixText) ? Number(prefixText) : prefixMax + 1;
  // Length 0 is everybody: an empty list says so better.
  return prefix >= 1 && prefix <= prefixMax ? { network, prefix, family } : null;
}

/** The IPv4 address of its form in IPv6, as servers that listen on both tell it; any other text as it is. */
const toPlain = (address: string): string => address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, "");

function familyOf(address: string): Range["family"] | null {
  // With a zone, "fe80::1%eth0" means something on one machine alone.
  const version = address.includes("%") ? 0 : isIP(address);
  if (version === 0) return null;
  return version === 4 ? "ipv4" : "ipv6";
}
