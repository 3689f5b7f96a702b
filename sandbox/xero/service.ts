/**
 * The simulated Xero: identity below /xero/identity, connections and the accounting API below /xero/api.
 * Organisations and people are there from the first start (sandbox/seed/xero-organisation.ts).
 */
import { createLimits } from "@/sandbox/kit/limits";
import type { CallDescription, SandboxContext, SandboxRequest, SandboxService } from "@/sandbox/kit/types";
import { type ApiParts, answerApi } from "./api/api";
import { createIdempotencyKeys } from "./api/idempotency";
import { matchPath } from "./api/routes";
import { xeroCallerOf, xeroFaults } from "./faults";
import { answerConnections, disconnectTenant } from "./identity/connections";
import { openGrants } from "./identity/grants";
import { answerIdentity } from "./identity/identity";
import { xeroRecords } from "./open-books";
import { matchPayrollPath } from "./payroll/employee-calls";

const IDENTITY = "/identity";
const CONNECTIONS = "/api/connections";
const ACCOUNTING = "/api/api.xro/2.0";
const PAYROLL = "/api/payroll.xro/1.0";

export interface XeroService extends SandboxService {
  /** As a person does it inside Xero, under Connected apps; answers how many connections that ended. */
  disconnect(tenantId: string): number;
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
    idempotency: createIdempotencyKeys(context.store),
  };
  return {
    prefix: "xero",
    describe,
    callerOf: xeroCallerOf,
    faults: xeroFaults(parts, ACCOUNTING),
    ageTokens: (minutes) => grants.age(minutes),
    disconnect: (tenantId) => disconnectTenant(parts, tenantId),
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
      } else if (lower.startsWith(`${PAYROLL}/`)) {
        return answerApi(parts, path.slice(PAYROLL.length), request, matchPayrollPath);
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
  const matched = lower.startsWith(`${ACCOUNTING}/`)
    ? matchPath(path.slice(ACCOUNTING.length))
    : lower.startsWith(`${PAYROLL}/`)
      ? matchPayrollPath(path.slice(PAYROLL.length))
      : null;
  return {
    tenant: headers["xero-tenant-id"]?.toLowerCase() ?? null,
    operation: matched?.operation ?? "(unknown)",
    kind: method === "GET" ? "read" : "write",
  };
}
