/**
 * A custom connection: an app of one organisation, which its owner connected once, so that client credentials
 * are enough for a token of 30 minutes. It has no refresh token and no id_token, and its calls need no
 * xero-tenant-id. Once it is disconnected its credentials are worth nothing.
 * https://developer.xero.com/documentation/guides/oauth2/custom-connections (checked 2026-11-21)
 */
import { err, type Result } from "@/lib/kernel/result";
import type { SandboxContext } from "@/sandbox/kit/types";
import type { XeroRecords } from "../books";
import type { Connection } from "../records";
import type { Grants, TokenAnswer } from "./grants";
import { XERO_CUSTOM_CLIENT_ID } from "./registered-apps";
import { needsOrganisation, scopeInWords, scopeList } from "./scopes";

/** What the owner allowed when the connection was made. */
const ALLOWED_SCOPES = [
  ...["accounting.invoices", "accounting.payments", "accounting.banktransactions"],
  ...["accounting.manualjournals", "accounting.contacts", "accounting.settings", "accounting.attachments"],
];

/** A token for the scopes asked for, or for all that were allowed where none is named. */
export async function customConnectionToken(
  { context, records, grants }: { context: SandboxContext; records: XeroRecords; grants: Grants },
  form: URLSearchParams,
): Promise<Result<TokenAnswer, "invalid_scope" | "unauthorized_client" | "invalid_grant">> {
  const asked = scopeList(form.get("scope") ?? "");
  const scopes = asked.length === 0 ? ALLOWED_SCOPES : asked;
  if (scopes.some((scope) => scopeInWords(scope) === null || !needsOrganisation([scope])))
    return err("invalid_scope");
  const connection = connectionOf(context, records, grants);
  if (connection === null) return err("unauthorized_client");
  const { clientId, userId, authEventId } = connection;
  const code = grants.consent({
    ...{ clientId, userId, scopes, authEventId, redirectUri: "", nonce: null, challenge: null },
  });
  return grants.redeemCode({ code, clientId, redirectUri: "", verifier: null });
}

/** The connection, made at the first token; null once it has been taken away. */
function connectionOf(context: SandboxContext, records: XeroRecords, grants: Grants): Connection | null {
  for (const [, link] of records.connections.heads())
    if (link.clientId === XERO_CUSTOM_CLIENT_ID) return link;
  const [first] = records.users.heads();
  const tenantId = first?.[1].tenantIds[0];
  if (first === undefined || tenantId === undefined || grants.hasHad(XERO_CUSTOM_CLIENT_ID)) return null;
  const now = context.clock.now().getTime();
  const connection: Connection = {
    id: context.newId(),
    authEventId: context.newId(),
    clientId: XERO_CUSTOM_CLIENT_ID,
    userId: first[0],
    tenantId,
    createdMs: now,
    updatedMs: now,
  };
  records.connections.put(connection);
  return connection;
}
