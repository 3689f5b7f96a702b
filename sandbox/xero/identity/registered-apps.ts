/**
 * The apps that the simulated Xero knows: a web app, which people connect, and a custom connection, which
 * belongs to one organisation from the start and gets its tokens by client credentials alone.
 */
import { readBasicAuth } from "@/sandbox/kit/answers";
import type { SandboxRequest } from "@/sandbox/kit/types";

export const XERO_CLIENT_ID = "7E0B6B0C5C3F4D0E9A4B1D2C8F6A3E51";
export const XERO_CLIENT_SECRET = "sandbox-xero-client-secret-not-a-secret";
export const XERO_CUSTOM_CLIENT_ID = "B81C0A5F2D7E4F63A9C2E4D60F1B7A92";
export const XERO_CUSTOM_CLIENT_SECRET = "sandbox-xero-custom-secret-not-a-secret";

/** Which app a call to the token endpoints comes from, by Basic or in the form; null for none. */
export function authenticatedApp(request: SandboxRequest, form: URLSearchParams): "web" | "custom" | null {
  const basic = readBasicAuth(request);
  const [id, secret] =
    basic === null ? [form.get("client_id"), form.get("client_secret")] : [basic.user, basic.password];
  if (id === XERO_CLIENT_ID && secret === XERO_CLIENT_SECRET) return "web";
  return id === XERO_CUSTOM_CLIENT_ID && secret === XERO_CUSTOM_CLIENT_SECRET ? "custom" : null;
}
