/**
 * Whether a form was sent by a page of this sandbox. A page of another origin can make a browser post here, also
 * under a name that it has pointed at this machine, so the origin must be localhost or the bare address called.
 */
import { isIP } from "node:net";
import type { SandboxRequest } from "@/sandbox/kit/types";

/** False unless the browser says that the form came from these pages. */
export function isSameOrigin(request: SandboxRequest, origin: string): boolean {
  const { origin: sent, host = "", "sec-fetch-site": site } = request.headers;
  if (site !== undefined && site !== "same-origin") return false;
  if (sent === origin) return true;
  const name = host.replace(/:\d+$/, "").replace(/^\[(.*)\]$/, "$1");
  return sent === `http://${host}` && (name === "localhost" || isIP(name) !== 0);
}
