/**
 * The simulated Xero: identity below /xero/identity, connections and the accounting API below /xero/api.
 * Organisations and people are there from the first start (sandbox/seed/xero-organisation.ts).
 */
import { jsonAnswer } from "@/sandbox/kit/answers";
import { createLimits } from "@/sandbox/kit/limits";
import type {
  CallDescription,
  SandboxContext,
  SandboxRequest,
  SandboxResponse,
  SandboxService,
} from "@/sandbox/kit/types";
import { XeroRefusal } from "./answer";
import { type ApiParts, answerApi, identifyCaller } from "./api/api";
import { createIdempotencyKeys } from "./api/idempotency";
import { matchPath } from "./api/routes";
import { xeroRecords } from "./books";
import { openGrants } from "./identity/grants";
import { answerIdentity } from "./identity/identity";

const IDENTITY = "/identity";
const CONNECTIONS = "/api/connections";
const ACCOUNTING = "/api/api.xro/2.0";

export interface XeroService extends SandboxService {
  /** Makes every code and token that is out there older, for tests of expiry and of the refresh grace. */
  ageTokens(minutes: number): void;
}

export function createXeroService(context: SandboxContext): XeroService {
  const records = xeroRecords(context);
  const grants = openGrants(context, records);
  const parts: ApiParts = {
    context,
    records,
    grants,
    limits: createLimits(context),
    idempotency: createIdempotencyKeys(),
  };
  return {
    prefix: "xero",
    describe,
    ageTokens: (minutes) => grants.age(minutes),
    async handle(request) {
      const path = request.path;
      const lower = path.toLowerCase();
      if (lower.startsWith(`${IDENTITY}/`)) {
        const answer = await answerIdentity(parts, path.slice(IDENTITY.length), request);
        if (answer !== null) return answer;
      } else if (lower === CONNECTIONS || lower.startsWith(`${CONNECTIONS}/`)) {
        return answerConnections(parts, path.slice(CONNECTIONS.length + 1), request);
      } else if (lower.startsWith(`${ACCOUNTING}/`)) {
        return answerApi(parts, path.slice(ACCOUNTING.length), request);
      }
      return { status: 404, headers: { "content-type": "text/plain" }, body: "Not found" };
    },
  };
}

function describe({ method, path, headers }: SandboxRequest): CallDescription {
  const lower = path.toLowerCase();
  if (lower.startsWith(`${IDENTITY}/`)) {
    const isPage = lower.endsWith("/authorize") || lower.endsWith("/consent");
    return { tenant: null, operation: lower, kind: isPage ? "page" : "auth" };
  }
  if (lower.startsWith(CONNECTIONS)) {
    const operation = lower === CONNECTIONS ? "/connections" : "/connections/{id}";
    return { tenant: null, operation, kind: "auth" };
  }
  const matched = lower.startsWith(`${ACCOUNTING}/`) ? matchPath(path.slice(ACCOUNTING.length)) : null;
  return {
    tenant: headers["xero-tenant-id"]?.toLowerCase() ?? null,
    operation: matched?.operation ?? "(unknown)",
    kind: method === "GET" ? "read" : "write",
  };
}

/** The organisations that the caller's consents have connected; DELETE takes one off. */
async function answerConnections(
  parts: ApiParts,
  id: string,
  request: SandboxRequest,
): Promise<SandboxResponse> {
  const { records } = parts;
  try {
    const caller = await identifyCaller(parts, request);
    const mine = records.connections.by("user", `${caller.clientId} ${caller.userId}`);
    if (request.method === "DELETE") {
      const asked = id.toLowerCase();
      if (!mine.has(asked)) return { status: 404 };
      records.connections.delete(asked);
      return { status: 204 };
    }
    const authEventId = request.query.get("authEventId");
    const shown = [...mine].flatMap((connectionId) => {
      const link = records.connections.head(connectionId);
      if (link === undefined || (authEventId !== null && link.authEventId !== authEventId)) return [];
      return {
        id: link.id,
        authEventId: link.authEventId,
        tenantId: link.tenantId,
        tenantType: "ORGANISATION",
        tenantName: records.organisations.head(link.tenantId)?.name ?? "",
        createdDateUtc: connectionTime(link.createdMs),
        updatedDateUtc: connectionTime(link.updatedMs),
      };
    });
    return jsonAnswer(200, shown);
  } catch (error) {
    if (error instanceof XeroRefusal && typeof error.answer.body === "object" && error.answer.body !== null)
      return jsonAnswer(error.answer.status, error.answer.body);
    throw error;
  }
}

/** "2019-07-09T23:40:30.1833130": seven decimals of a second and no zone. */
function connectionTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/Z$/, "0000");
}
