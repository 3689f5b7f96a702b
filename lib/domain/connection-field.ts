import { z } from "zod";

/**
 * What a person types to connect a system that has no consent page: plain data in a connector's manifest, and the one
 * schema that the form and the server both hold the typed values to. Whether an address may be called at all is decided
 * where calls are made, not here.
 */
export interface ConnectionField {
  /** Name of the value; letters and digits. */
  readonly name: string;
  readonly label: string;
  /** One sentence below the control. */
  readonly hint: string;
  /** `secret` goes to the vault and is never shown again; `lines` is a text of several lines. */
  readonly kind: "address" | "text" | "secret" | "lines" | "choice";
  readonly isRequired: boolean;
  /** What the form begins with, and what holds where nothing is typed. */
  readonly initial: string;
  /** True where what is posted is known by this value: connecting the same tenant again has to bring the same. */
  readonly isFixed?: boolean;
  /** Of a `choice` alone. */
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
}

/** Typed values by field name. */
export type ConnectionValues = Readonly<Record<string, string>>;

const ADDRESS_CHARACTERS_MAX = 300;
const TEXT_CHARACTERS_MAX = 200;
const SECRET_CHARACTERS_MAX = 500;
const LINES_CHARACTERS_MAX = 5_000;

const CONTROL_CHARACTERS = /\p{Cc}/u;

function schemaOf(field: ConnectionField): z.ZodType<string, string | undefined> {
  const missing = `${field.label} is missing.`;
  const limited = (limit: number) =>
    z
      .string()
      .optional()
      .transform((text) => (text === undefined || text.trim() === "" ? field.initial : text))
      .refine((text) => !field.isRequired || text.trim() !== "", missing)
      .refine((text) => text.length <= limit, `${field.label} is longer than ${limit} characters.`);
  const oneLine = (limit: number) =>
    limited(limit)
      .transform((text) => text.trim())
      .refine(
        (text) => !CONTROL_CHARACTERS.test(text),
        `${field.label} has characters that do not belong there.`,
      );
  switch (field.kind) {
    case "address":
      return oneLine(ADDRESS_CHARACTERS_MAX).refine(
        (text) => text === "" || /^https?:\/\/\S+$/i.test(text),
        `${field.label} begins with https:// and has no spaces.`,
      );
    case "text":
      return oneLine(TEXT_CHARACTERS_MAX);
    case "secret":
      return oneLine(SECRET_CHARACTERS_MAX);
    case "lines":
      return limited(LINES_CHARACTERS_MAX);
    case "choice":
      return oneLine(TEXT_CHARACTERS_MAX).refine(
        (text) => (field.choices ?? []).some(({ value }) => value === text),
        `${field.label} is none of the choices.`,
      );
  }
}

/** Typed values of these fields and no others; what was left empty has its initial value. */
export function connectionValuesSchema(
  fields: readonly ConnectionField[],
): z.ZodType<ConnectionValues, Record<string, string | undefined>> {
  return z.strictObject(Object.fromEntries(fields.map((field) => [field.name, schemaOf(field)])));
}
