/** Refusals in Stripe's shape. https://docs.stripe.com/api/errors (checked 2026-11-21) */
import { jsonAnswer } from "@/sandbox/kit/answers";
import type { SandboxResponse } from "@/sandbox/kit/types";

export interface StripeProblem {
  readonly status: number;
  readonly type: "invalid_request_error" | "card_error" | "idempotency_error" | "api_error";
  readonly message: string;
  readonly code?: string;
  readonly param?: string;
  readonly decline_code?: string;
}

/** Thrown inside a call; the API answers it. */
export class StripeRefusal extends Error {
  override readonly name = "StripeRefusal";
  readonly problem: StripeProblem;

  constructor(problem: StripeProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

export const invalid = (message: string, param?: string, code?: string): StripeRefusal =>
  new StripeRefusal({
    status: 400,
    type: "invalid_request_error",
    message,
    ...(param === undefined ? {} : { param }),
    ...(code === undefined ? {} : { code }),
  });

/** An id in an address is a 404, one in a parameter a 400, both with the code resource_missing. */
export const missing = (noun: string, id: string, place: "address" | "parameter", param = "id") =>
  new StripeRefusal({
    status: place === "address" ? 404 : 400,
    type: "invalid_request_error",
    code: "resource_missing",
    message: `No such ${noun}: '${id}'`,
    param,
  });

export const declined = (): StripeRefusal =>
  new StripeRefusal({
    status: 402,
    type: "card_error",
    code: "card_declined",
    decline_code: "generic_decline",
    message: "Your card was declined.",
  });

export function problemAnswer({ status, ...error }: StripeProblem): SandboxResponse {
  return jsonAnswer(status, { error });
}
