import { z } from "zod";

/**
 * Xero's envelopes: records under their plural name beside paging, and the two shapes of a refusal. Elements stay
 * unknown here, so that one that cannot be read does not spoil its neighbours.
 */

const pagination = z.object({
  page: z.number().int(),
  pageSize: z.number().int(),
  pageCount: z.number().int(),
  itemCount: z.number().int(),
});

export interface RecordList {
  readonly elements: readonly unknown[];
  /** Null where the endpoint does not page. */
  readonly pagination: z.output<typeof pagination> | null;
}

/** The list under `plural`; null when the body holds none. */
export function readList(body: unknown, plural: string): RecordList | null {
  const parsed = z
    .object({ [plural]: z.array(z.unknown()), pagination: pagination.nullish() })
    .safeParse(body);
  if (!parsed.success) return null;
  const elements = parsed.data[plural];
  return Array.isArray(elements) ? { elements, pagination: paginationOf(parsed.data.pagination) } : null;
}

function paginationOf(value: unknown): RecordList["pagination"] {
  const parsed = pagination.safeParse(value);
  return parsed.success ? parsed.data : null;
}

const messages = z
  .array(z.object({ Message: z.string().nullish() }))
  .nullish()
  .transform((list) => (list ?? []).flatMap(({ Message }) => (Message ? [Message] : [])));

const elementState = z.object({
  HasErrors: z.boolean().nullish(),
  HasValidationErrors: z.boolean().nullish(),
  StatusAttributeString: z.string().nullish(),
  ValidationErrors: messages,
});

/** What Xero says against one element of a write; null when it was saved. */
export function refusalOfElement(element: unknown): readonly string[] | null {
  const parsed = elementState.safeParse(element);
  if (!parsed.success) return null;
  const { HasErrors, StatusAttributeString, ValidationErrors } = parsed.data;
  const isRefused = HasErrors === true || StatusAttributeString === "ERROR" || ValidationErrors.length > 0;
  return isRefused ? ValidationErrors : null;
}

const refusal = z.object({
  Type: z.string().nullish(),
  Detail: z.string().nullish(),
  Message: z.string().nullish(),
  Elements: z.array(z.unknown()).nullish(),
});

export interface Refusal {
  readonly type: string;
  readonly detail: string;
  readonly message: string;
  readonly elements: readonly unknown[];
}

/** The parts of a refusal's body; all empty when it is not JSON. */
export function refusalBody(text: string): Refusal {
  const parsed = refusal.safeParse(parseJson(text));
  if (!parsed.success) return { type: "", detail: "", message: "", elements: [] };
  return {
    type: parsed.data.Type ?? "",
    detail: parsed.data.Detail ?? "",
    message: parsed.data.Message ?? "",
    elements: parsed.data.Elements ?? [],
  };
}

/** The JSON of a body; undefined when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
