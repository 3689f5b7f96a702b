import { z } from "zod";
import { canonicalJson, type Json, parseJson } from "./canonical-json";

/*
 * What the app may answer to a request, as the driver understands it. 200 ends the run, 206 carries operations, 4xx and
 * 5xx of the SDK reject the whole request; what bears no valid signature is no answer of the SDK at all.
 * Checked against inngest 4.24.0: components/InngestCommHandler.js (handleAction) and types.js (StepOpCode).
 */

export const operationSchema = z.looseObject({
  id: z.string().min(1),
  op: z.string(),
  name: z.string().nullish(),
  displayName: z.string().nullish(),
  opts: z.record(z.string(), z.unknown()).nullish(),
  data: z.unknown().optional(),
  error: z.unknown().optional(),
});
export const operationsSchema = z.array(operationSchema);
export type Operation = z.infer<typeof operationSchema>;

/** An error as the SDK serialises it, with at least a name and a message. */
export interface RunError {
  readonly name: string;
  readonly message: string;
  readonly [detail: string]: Json;
}

export type AppAnswer =
  | { readonly kind: "finished"; readonly output: string }
  | { readonly kind: "operations"; readonly operations: readonly Operation[]; readonly retryAfter?: string }
  | {
      readonly kind: "rejected";
      readonly error: RunError;
      readonly isFinal: boolean;
      readonly retryAfter?: string;
      readonly stepNotFound: boolean;
    }
  /** Nothing can have happened in the app: no attempt is counted. */
  | { readonly kind: "unreachable"; readonly error: RunError };

export interface SignedAnswer {
  readonly status: number;
  readonly text: string;
  readonly isSigned: boolean;
  readonly noRetry: string | undefined;
  readonly retryAfter: string | undefined;
}

const ERROR_TEXT_MAX = 300;

/** Reads an HTTP answer of the app. Never throws: an unreadable one is a rejection that may be tried again. */
export function readAnswer(answer: SignedAnswer): AppAnswer {
  if (!answer.isSigned) return rejected(unsignedError(answer), {});
  const json = readJson(answer.text);
  if (json === undefined) return rejected(namedError("BadAnswer", "the app's answer is no JSON"), {});
  const retryAfter = answer.retryAfter;
  if (answer.status === 200) return { kind: "finished", output: canonicalJson(json) };
  if (answer.status === 206) {
    const operations = operationsSchema.safeParse(json);
    if (operations.success) return { kind: "operations", operations: operations.data, retryAfter };
    const issues = z.prettifyError(operations.error).slice(0, ERROR_TEXT_MAX);
    return rejected(namedError("BadAnswer", `the app's answer is no list of operations: ${issues}`), {});
  }
  const stepNotFound = z.object({ requestedStep: z.string() }).safeParse(json).success;
  return rejected(errorOf(json), { retryAfter, stepNotFound, isFinal: answer.noRetry === "true" });
}

/** Any JSON value as an error; the SDK also sends texts and objects without a name. */
export function errorOf(value: unknown): RunError {
  const read = z
    .looseObject({
      name: z.string().optional(),
      message: z.string().optional(),
      error: z.string().optional(),
    })
    .safeParse(value);
  if (!read.success) return namedError("Error", typeof value === "string" ? value : canonicalJson(value));
  const json = z.record(z.string(), z.json()).safeParse(read.data);
  const { name, message, error } = read.data;
  return {
    ...(json.success ? json.data : {}),
    name: name || "Error",
    message: message || error || "Unknown error",
  };
}

export function namedError(name: string, message: string): RunError {
  return { __serialized: true, name, message, stack: "" };
}

function rejected(
  error: RunError,
  rest: { retryAfter?: string; stepNotFound?: boolean; isFinal?: boolean },
): AppAnswer {
  return {
    kind: "rejected",
    error,
    isFinal: rest.isFinal ?? false,
    retryAfter: rest.retryAfter,
    stepNotFound: rest.stepNotFound ?? false,
  };
}

function unsignedError({ status, text }: SignedAnswer): RunError {
  if (status === 401)
    return namedError("Unauthorized", "the app did not accept the runner's signature (401)");
  return namedError(
    "UnsignedAnswer",
    `the app answered ${status} without a valid signature: ${text.slice(0, ERROR_TEXT_MAX)}`,
  );
}

function readJson(text: string): unknown {
  try {
    return parseJson(text === "" ? "null" : text);
  } catch {
    return undefined;
  }
}
