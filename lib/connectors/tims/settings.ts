import { z } from "zod";
import type { ConnectionField, ConnectionValues } from "@/lib/domain/connection-field";

/**
 * What a person types to connect a TIMS, and how it is read. Every installation is its own, and nothing of its API is
 * published, so where it differs from what this connector assumes, the difference is written here and not in code.
 */
export const TIMS_FIELDS: readonly ConnectionField[] = [
  {
    name: "address",
    label: "Address of your TIMS",
    hint: "Where its API answers, without /api/v1, for example https://tims.yourcompany.com.",
    kind: "address",
    isRequired: true,
    initial: "",
  },
  {
    name: "clientId",
    label: "Client ID",
    hint: "Of the OAuth 2.0 client that your TIMS administrator made for Tieout.",
    kind: "text",
    isRequired: true,
    initial: "",
  },
  {
    name: "clientSecret",
    label: "Client secret",
    hint: "It is sealed in the vault and never shown again.",
    kind: "secret",
    isRequired: true,
    initial: "",
  },
  {
    name: "invoicesFrom",
    label: "What becomes an invoice",
    hint: "Orders are invoiced when they are shipped or completed; each total is compared with what TIMS invoiced.",
    kind: "choice",
    isRequired: true,
    initial: "orders",
    isFixed: true,
    choices: [
      { value: "orders", label: "Sales orders on shipment, and receivables without an order" },
      { value: "receivables", label: "Invoices of accounts receivable alone" },
    ],
  },
  {
    name: "billsFrom",
    label: "What becomes a bill",
    hint: "Orders are billed when they are received; each total is compared with what the vendor billed.",
    kind: "choice",
    isRequired: true,
    initial: "bills",
    isFixed: true,
    choices: [
      { value: "bills", label: "Vendors' bills alone" },
      { value: "orders", label: "Purchase orders on receipt, and bills without an order" },
    ],
  },
  {
    name: "salesAccountFrom",
    label: "What decides the account of a sale",
    hint: "Each account, or each category of products, is mapped to an account of your books in the set-up.",
    kind: "choice",
    isRequired: true,
    initial: "lines",
    isFixed: true,
    choices: [
      { value: "lines", label: "The account on the line" },
      { value: "categories", label: "The category of its product" },
    ],
  },
  {
    name: "adjustments",
    label: "What becomes of inventory adjustments",
    hint: "Xero takes no journal on stock that it counts itself: where it does, enter the count there and leave these out.",
    kind: "choice",
    isRequired: true,
    initial: "journals",
    choices: [
      { value: "journals", label: "A journal of the value of each" },
      { value: "none", label: "Nothing: stock is counted in the books" },
    ],
  },
  {
    name: "tokenPath",
    label: "Path of the token endpoint",
    hint: "Change it only where your administrator says so.",
    kind: "text",
    isRequired: true,
    initial: "/oauth/token",
  },
  {
    name: "paging",
    label: "How lists are paged",
    hint: "By number of the page, or by how many rows to pass over.",
    kind: "choice",
    isRequired: true,
    initial: "page",
    choices: [
      { value: "page", label: "page and pageSize" },
      { value: "offset", label: "offset and pageSize" },
    ],
  },
  {
    name: "pageSize",
    label: "Rows on a page",
    hint: "From 10 to 200.",
    kind: "text",
    isRequired: true,
    initial: "100",
  },
  {
    name: "fieldMap",
    label: "Fields of another name",
    hint: "One a line: resource.theirField = ourField, for example customers.CustomerCode = customerId.",
    kind: "lines",
    isRequired: false,
    initial: "",
  },
];

const settingsSchema = z.object({
  invoicesFrom: z.enum(["orders", "receivables"]).default("orders"),
  billsFrom: z.enum(["bills", "orders"]).default("bills"),
  salesAccountFrom: z.enum(["lines", "categories"]).default("lines"),
  adjustments: z.enum(["journals", "none"]).default("journals"),
  tokenPath: z
    .string()
    .regex(
      /^\/(?!\/)[\w./~-]{0,200}$/,
      "The path of the token endpoint begins with one / and holds no other address.",
    )
    .refine((path) => !path.includes(".."), "The path of the token endpoint may not lead upwards.")
    .default("/oauth/token"),
  paging: z.enum(["page", "offset"]).default("page"),
  pageSize: z
    .string()
    .regex(/^\d{1,3}$/, "Rows on a page are a number from 10 to 200.")
    .transform(Number)
    .pipe(
      z.number().min(10, "Rows on a page are from 10 to 200.").max(200, "Rows on a page are from 10 to 200."),
    )
    .default(100),
  fieldMap: z
    .string()
    .default("")
    .transform((text, context) => {
      const map = parseFieldMap(text);
      if (typeof map !== "string") return map;
      context.addIssue({ code: "custom", message: map });
      return z.NEVER;
    }),
});
export type TimsSettings = z.output<typeof settingsSchema>;

/** The settings of a connection, or the sentence about the first that cannot be read. */
export function readSettings(values: ConnectionValues): TimsSettings | string {
  const parsed = settingsSchema.safeParse(values);
  return parsed.success ? parsed.data : (parsed.error.issues[0]?.message ?? "A setting cannot be read.");
}

/** By resource ("customers", "salesorders.lines"): their name of a field to ours. */
export type FieldMap = ReadonlyMap<string, ReadonlyMap<string, string>>;

const FIELD_LINE = /^([a-z]+(?:\.lines)?)\.(\w+)\s*=\s*(\w+)$/i;
const UNSAFE = new Set(["__proto__", "constructor", "prototype"]);

/** A field map as it is typed, or a sentence about the first line that is none. */
export function parseFieldMap(text: string): FieldMap | string {
  const map = new Map<string, Map<string, string>>();
  for (const line of text.split(/\r?\n/).map((one) => one.trim())) {
    if (line === "" || line.startsWith("#")) continue;
    const [, resource, theirs, ours] = FIELD_LINE.exec(line) ?? [];
    if (
      resource === undefined ||
      theirs === undefined ||
      ours === undefined ||
      UNSAFE.has(theirs) ||
      UNSAFE.has(ours)
    )
      return `"${line.slice(0, 60)}" is no line of a field map: write resource.theirField = ourField.`;
    const own = map.get(resource.toLowerCase()) ?? new Map<string, string>();
    if (own.has(theirs)) return `"${theirs}" stands twice in the field map.`;
    map.set(resource.toLowerCase(), own.set(theirs, ours));
  }
  return map;
}

/** A row of TIMS with our names of its fields; lines inside it by "<resource>.lines". */
export function toOurNames(map: FieldMap, resource: string, row: unknown): unknown {
  if (map.size === 0 || typeof row !== "object" || row === null) return row;
  const named = rename(map.get(resource), row);
  const { lines } = named;
  const ofLines = map.get(`${resource}.lines`);
  if (ofLines === undefined || !Array.isArray(lines)) return named;
  return {
    ...named,
    lines: lines.map((line: unknown) =>
      typeof line === "object" && line !== null ? rename(ofLines, line) : line,
    ),
  };
}

/** What is sent, in their names. */
export function toTheirNames(
  map: FieldMap,
  resource: string,
  fields: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const own = map.get(resource);
  if (own === undefined) return fields;
  return rename(new Map([...own].map(([theirs, ours]) => [ours, theirs])), fields);
}

function rename(
  map: ReadonlyMap<string, string> | undefined,
  row: object,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(row).map(([key, value]) => [map?.get(key) ?? key, value]));
}
