import { BlockList, isIP, isIPv4, isIPv6 } from "node:net";
import { err, ok, type Result } from "@/lib/kernel/result";

/**
 * Which addresses a customer may have us call. An address that somebody types is a door into our own network, so only
 * https to public addresses passes; names are judged again by what they resolve to at each call (guarded-request.ts). The
 * ranges are the special-purpose registries of IANA (RFC 6890, checked 2026-11-21).
 */

const NOT_PUBLIC_IPV4: readonly (readonly [string, number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.31.196.0", 24],
  ["192.52.193.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["192.175.48.0", 24],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
];

/** Inside 2000::/3, which alone is public. 2002::/16 and 2001::/32 carry IPv4 addresses of their own choice. */
const NOT_PUBLIC_IPV6: readonly (readonly [string, number])[] = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["2620:4f:8000::", 48],
  ["3fff::", 20],
];

const notPublic = new BlockList();
for (const [network, prefix] of NOT_PUBLIC_IPV4) notPublic.addSubnet(network, prefix, "ipv4");
for (const [network, prefix] of NOT_PUBLIC_IPV6) notPublic.addSubnet(network, prefix, "ipv6");
const global = new BlockList();
global.addSubnet("2000::", 3, "ipv6");

/** Whether an IP address is one of the public internet. False for text that is none. */
export function isPublicIp(ip: string): boolean {
  if (isIPv4(ip)) return !notPublic.check(ip, "ipv4");
  // An IPv4 address in any IPv6 form lies outside of 2000::/3 or in a range above; none of them is needed.
  return isIPv6(ip) && !ip.includes("%") && global.check(ip, "ipv6") && !notPublic.check(ip, "ipv6");
}

const HTTPS_PORT = 443;
/** Below it are the ports of mail, files and remote control. */
const OTHER_PORTS_FROM = 1024;

/**
 * The typed address as calls will use it, without a trailing slash, or a sentence that says what is wrong with it.
 * `sandboxOrigin` is the one origin beside the public ones, null outside of a sandbox. Asks no name server.
 */
export function readBaseAddress(text: string, sandboxOrigin: string | null): Result<string, string> {
  const url = parseUrl(text.trim());
  if (url === null) return err("This is no web address. It looks like https://erp.example.com.");
  if (url.username !== "" || url.password !== "") return err("The address may not hold a name or password.");
  if (url.search !== "" || url.hash !== "") return err("The address ends before any ? or #.");
  const path = url.pathname.replace(/\/+$/, "");
  if (sandboxOrigin !== null && url.origin === sandboxOrigin) return ok(`${url.origin}${path}`);
  const refusal = refusalOf(url);
  return refusal === null ? ok(`${url.origin}${path}`) : err(refusal);
}

/** Why a parsed address may not be called, null where it may as far as its text tells. */
export function refusalOf(url: URL): string | null {
  if (url.protocol !== "https:") return "The address has to begin with https://.";
  const port = url.port === "" ? HTTPS_PORT : Number(url.port);
  if (port !== HTTPS_PORT && port < OTHER_PORTS_FROM) return "Tieout does not call this port.";
  const host = hostOf(url);
  if (isIP(host) !== 0)
    return isPublicIp(host) ? null : "This address is inside a private network, which Tieout cannot reach.";
  if (!host.includes(".") || /(^|\.)(localhost|local|internal|home\.arpa|onion|test|invalid)\.?$/i.test(host))
    return "This address is inside a private network, which Tieout cannot reach.";
  return null;
}

/** The host without the brackets of an IPv6 address. The URL parser has already read every spelling of an IPv4 one. */
export const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, "");

function parseUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
