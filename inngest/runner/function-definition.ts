import { z } from "zod";
import { errorText } from "@/lib/kernel/errors";
import { parseCron, type Schedule } from "./cron";
import { parseSpan } from "./durations";
import { type Condition, type KeyExpression, namesAsync, parseCondition, parseKey } from "./expressions";

/*
 * What the SDK registers of a function, read strictly. An option, trigger or expression that the runner does not know
 * is refused at registration by its name, because ignoring one would quietly drop a promise that the function's author
 * relies on. The forms are those of inngest 4.24.0, types.js functionConfigSchema.
 */

const RETRIES_DEFAULT = 3;
/** No run waits on these: the runner never emits them. */
const EVENTS_REFUSED = new Set([
  "inngest/function.finished",
  "inngest/scheduled.timer",
  "inngest/http.request",
]);

export interface EventTrigger {
  readonly event: string;
  readonly condition: Condition;
}

export interface CronTrigger {
  readonly cron: string;
  readonly schedule: Schedule;
}

export interface ConcurrencyLimit {
  readonly limit: number;
  readonly key: KeyExpression;
}

export interface CancelRule {
  readonly event: string;
  readonly condition: Condition;
  readonly timeoutMs: number | undefined;
}

export interface FunctionDefinition {
  readonly id: string;
  readonly attemptsMax: number;
  readonly events: readonly EventTrigger[];
  readonly crons: readonly CronTrigger[];
  readonly concurrency: readonly ConcurrencyLimit[];
  readonly singleton: { readonly key: KeyExpression; readonly mode: "skip" | "cancel" } | undefined;
  readonly idempotency: KeyExpression | undefined;
  readonly debounce:
    | { readonly key: KeyExpression; readonly periodMs: number; readonly timeoutMs: number | undefined }
    | undefined;
  readonly startTimeoutMs: number | undefined;
  readonly finishTimeoutMs: number | undefined;
  readonly cancel: readonly CancelRule[];
}

const span = z.string().transform((text, context) => {
  const milliseconds = parseSpan(text);
  if (milliseconds !== undefined) return milliseconds;
  context.addIssue(`"${text}" is no span such as "30s" or "1h30m"`);
  return z.NEVER;
});
const key = z.string().transform((text, context) => parsed(() => parseKey(text), context));
const condition = z.string().transform((text, context) => parsed(() => parseCondition(text), context));
const eventName = z
  .string()
  .min(1)
  .refine((name) => !name.includes("*"), "a wildcard in an event's name is not supported")
  .refine((name) => !EVENTS_REFUSED.has(name), "the runner does not emit this event");

const eventTrigger = z.strictObject({
  event: eventName,
  expression: condition
    .refine((clauses) => !namesAsync(clauses), "async has no meaning in a trigger")
    .optional(),
});
const cronTrigger = z.strictObject({
  cron: z.string().transform((text, context) => ({
    cron: text,
    schedule: parsed(() => parseCron(text), context),
  })),
});
const limit = z.strictObject({
  limit: z.int().min(0),
  key: key.optional(),
  scope: z.literal("fn", 'only the scope "fn" is supported').optional(),
});

const configSchema = z.strictObject({
  id: z.string().min(1),
  name: z.string().optional(),
  triggers: z.array(z.union([eventTrigger, cronTrigger])),
  steps: z.strictObject({
    step: z.strictObject({
      id: z.string(),
      name: z.string(),
      runtime: z.strictObject({ type: z.literal("http"), url: z.url() }),
      retries: z.strictObject({ attempts: z.int().min(0).max(20).optional() }).optional(),
    }),
  }),
  concurrency: z.union([z.int().min(0), limit, z.array(limit)]).optional(),
  singleton: z.strictObject({ key: key.optional(), mode: z.enum(["skip", "cancel"]) }).optional(),
  idempotency: key.optional(),
  debounce: z.strictObject({ key: key.optional(), period: span, timeout: span.optional() }).optional(),
  timeouts: z.strictObject({ start: span.optional(), finish: span.optional() }).optional(),
  cancel: z
    .array(z.strictObject({ event: eventName, if: condition.optional(), timeout: span.optional() }))
    .optional(),
});

export class RegistrationRefused extends Error {
  override readonly name = "RegistrationRefused";
}

/** Reads one registered function; throws RegistrationRefused, which names every option it does not know. */
export function parseFunctionConfig(config: unknown): FunctionDefinition {
  const read = configSchema.safeParse(config);
  if (!read.success) {
    const reasons = read.error.issues.map(describeIssue).join("; ");
    throw new RegistrationRefused(`the embedded runner refuses the function "${idOf(config)}": ${reasons}`);
  }
  const { id, triggers, steps, singleton, debounce, timeouts } = read.data;
  return {
    id,
    attemptsMax: (steps.step.retries?.attempts ?? RETRIES_DEFAULT) + 1,
    events: triggers.flatMap((trigger) =>
      "event" in trigger ? [{ event: trigger.event, condition: trigger.expression ?? [] }] : [],
    ),
    crons: triggers.flatMap((trigger) => ("cron" in trigger ? [trigger.cron] : [])),
    concurrency: limitsOf(read.data.concurrency),
    singleton: singleton && { key: singleton.key ?? [], mode: singleton.mode },
    idempotency: read.data.idempotency,
    debounce: debounce && {
      key: debounce.key ?? [],
      periodMs: debounce.period,
      timeoutMs: debounce.timeout,
    },
    startTimeoutMs: timeouts?.start,
    finishTimeoutMs: timeouts?.finish,
    cancel: (read.data.cancel ?? []).map((rule) => ({
      event: rule.event,
      condition: rule.if ?? [],
      timeoutMs: rule.timeout,
    })),
  };
}

/** Inngest reads a limit of 0 as no limit. */
function limitsOf(option: z.output<typeof configSchema>["concurrency"]): ConcurrencyLimit[] {
  if (option === undefined) return [];
  const limits = typeof option === "number" ? [{ limit: option }] : [option].flat();
  return limits
    .filter((entry) => entry.limit > 0)
    .map((entry) => ({ limit: entry.limit, key: ("key" in entry && entry.key) || [] }));
}

function parsed<T>(parse: () => T, context: z.RefinementCtx): T {
  try {
    return parse();
  } catch (thrown) {
    context.addIssue(errorText(thrown));
    return z.NEVER;
  }
}

function describeIssue(issue: z.core.$ZodIssue): string {
  const at = issue.path.map(String).join(".");
  if (issue.code === "unrecognized_keys") {
    const names = issue.keys.map((name) => `"${at === "" ? name : `${at}.${name}`}"`);
    return `the option ${names.join(", ")} is not supported`;
  }
  if (issue.code === "invalid_union") {
    const nearest = [...issue.errors].sort((one, other) => distance(one) - distance(other))[0] ?? [];
    return nearest
      .map((inner) => describeIssue({ ...inner, path: [...issue.path, ...inner.path] }))
      .join("; ");
  }
  return `${at}: ${issue.message}`;
}

/** A union's branch that merely fails on a detail explains more than one that misses its own members. */
function distance(issues: readonly z.core.$ZodIssue[]): number {
  return issues.filter((issue) => issue.code === "invalid_type").length;
}

function idOf(config: unknown): string {
  const named = z.object({ id: z.string() }).safeParse(config);
  return named.success ? named.data.id : "?";
}
