/**
 * The CRM's answers: an error is {code, details, message, status:"error"}, a write answers one such result a
 * record, an empty list is 204 without a body.
 * https://www.zoho.com/crm/developer/docs/api/v8/status-codes.html (checked 2026-11-21)
 */
import { jsonAnswer } from "@/sandbox/kit/answers";
import { ELEMENTS_HEADER } from "@/sandbox/kit/http";
import type { SandboxContext, SandboxRequest, SandboxResponse } from "@/sandbox/kit/types";
import type { Crm } from "./open-crm";

/** One authorised call to the CRM, past credits and scope. */
export interface CrmCall {
  readonly context: SandboxContext;
  readonly crm: Crm;
  readonly request: SandboxRequest;
  readonly query: URLSearchParams;
  /** The JSON body, or undefined. */
  readonly input: unknown;
  /** The user who granted the token. */
  readonly user: CrmUser;
  /** http://localhost:PORT/zoho/eu/api */
  readonly apiDomain: string;
  readonly timeZone: string;
  /** Whether a scope is granted, for calls that need a further one. */
  granted(module: string, verb: string): boolean;
}

export interface CrmUser {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

export interface CrmError {
  readonly code: string;
  readonly details: object;
  readonly message: string;
}

export const crmError = (code: string, message: string, details: object = {}): CrmError => ({
  code,
  details,
  message,
});

export function refuseCrm(status: number, error: CrmError): SandboxResponse {
  return jsonAnswer(status, { ...error, status: "error" });
}

export const NO_CONTENT: SandboxResponse = { status: 204 };
export const NOT_MODIFIED: SandboxResponse = { status: 304 };

export interface CrmSuccess {
  readonly code: "SUCCESS";
  readonly details: object;
  readonly message: string;
  readonly status: "success";
}

export type CrmResult = CrmSuccess | (CrmError & { readonly status: "error" });

export const crmSuccess = (message: string, details: object): CrmSuccess => ({
  code: "SUCCESS",
  details,
  message,
  status: "success",
});

export const failed = (error: CrmError): CrmResult => ({ ...error, status: "error" });

/** The results of a write under their key ("data", "watch"); `status` is the one of full success. */
export function answerResults(
  call: CrmCall,
  key: string,
  results: readonly CrmResult[],
  status: number,
): SandboxResponse {
  const wrong = results.filter((result) => result.status === "error").length;
  return jsonAnswer(
    wrong === 0 ? status : failedStatus(call, key, wrong === results.length),
    { [key]: results },
    { [ELEMENTS_HEADER]: String(results.length - wrong) },
  );
}

/** A channel that was refused is a 202 by notifications.json; for records the documents leave it open. */
function failedStatus(call: CrmCall, key: string, all: boolean): number {
  if (key === "watch") return 202;
  if (call.context.switches.get("zoho.crm-failed-write-status") === "202") return 202;
  return all ? 400 : 207;
}

export const missingParameter = (name: string): SandboxResponse =>
  refuseCrm(
    400,
    crmError("REQUIRED_PARAM_MISSING", "One of the expected parameter is missing", {
      param_name: name,
      param: name,
    }),
  );

export const wrongParameter = (name: string): SandboxResponse =>
  refuseCrm(400, crmError("INVALID_DATA", "invalid data", { param_name: name, param: name }));

/** The stamp of now, to the second. */
export const crmStamp = (call: { readonly context: SandboxContext }): string =>
  `${call.context.clock.now().toISOString().slice(0, 19)}Z`;
