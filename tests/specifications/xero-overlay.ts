/**
 * Xero Accounting 16.1.0 brought to 19.0.0 (the delta as xero-node 20.0.0 shows it, which a test compares), and the
 * fields that Xero's live answers carry beside their description. (developer.xero.com, checked 2026-11-21.)
 */
import { type Node, nodeAt, textAt } from "./json";
import type { Overlay } from "./overlay";

const TEXT: Node = { type: "string", readOnly: true };
const FLAG: Node = { type: "boolean", readOnly: true };
const AMOUNT: Node = { type: "number", format: "double", readOnly: true };
const DAY_TEXT: Node = {
  type: "string",
  pattern: "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}$",
  readOnly: true,
};
const ID: Node = { type: "string", format: "uuid", readOnly: true };

export const XERO_19_DELTA: Overlay = {
  fields: [
    {
      schemas: ["Invoice"],
      fields: {
        RoundingAmount: { type: "number", format: "double" },
        EnteredTotal: { type: "number", format: "double" },
      },
      why: "19.0.0: totals that an organisation may choose to type",
    },
    {
      schemas: ["Item"],
      fields: { QuantityAvailable: AMOUNT, QuantityOnBackOrder: AMOUNT },
      why: "19.0.0: stock that is promised already",
    },
  ],
  types: [],
  optional: [],
  parameters: [
    {
      operations: ["createInvoices", "updateInvoice", "updateOrCreateInvoices"],
      name: "allowBackorders",
      schema: { type: "boolean" },
      why: "19.0.0",
    },
    {
      operations: ["getBankTransactions", "getPrepayments"],
      name: "References",
      schema: { type: "array", items: { type: "string" } },
      why: "19.0.0: filter by several references",
    },
  ],
};

/** `examples`: the description's own examples have the field, though its schemas do not; a test looks them up. */
export const XERO_LIVE: Overlay = {
  fields: [
    {
      schemas: [
        "Invoice",
        "CreditNote",
        "BankTransaction",
        "Overpayment",
        "Prepayment",
        "PurchaseOrder",
        "BankTransfer",
      ],
      fields: { DateString: DAY_TEXT },
      why: "examples",
    },
    { schemas: ["Invoice"], fields: { DueDateString: DAY_TEXT }, why: "examples" },
    { schemas: ["PurchaseOrder"], fields: { DeliveryDateString: DAY_TEXT }, why: "examples" },
    { schemas: ["CreditNote", "Overpayment", "Prepayment"], fields: { ID }, why: "examples" },
    {
      schemas: ["TrackingOption"],
      fields: { HasValidationErrors: FLAG, IsDeleted: FLAG, IsArchived: FLAG, IsActive: FLAG },
      why: "examples",
    },
    {
      schemas: ["PurchaseOrder"],
      fields: {
        HasErrors: FLAG,
        IsDiscounted: FLAG,
        Type: { type: "string", enum: ["PURCHASEORDER"], readOnly: true },
      },
      why: "examples",
    },
    { schemas: ["HistoryRecord"], fields: { DateUTCString: DAY_TEXT }, why: "examples" },
    { schemas: ["ContactGroup"], fields: { HasValidationErrors: FLAG }, why: "examples" },
    {
      schemas: ["Contact", "Item", "BankTransaction", "Payment", "Allocation", "ManualJournal"],
      fields: { HasErrors: FLAG },
      why: "each element of a write with summarizeErrors=false says whether it failed, whatever its kind",
    },
  ],
  types: [],
  optional: [
    {
      schema: "BankTransaction",
      fields: ["Type", "LineItems", "BankAccount"],
      why: "an update names the transaction and what changes of it alone; a refused one is shown as it was sent",
    },
  ],
  parameters: [],
};

/** Around every list of records; the schemas of the lists leave it out and all their examples have it. */
export const ENVELOPE: Node = {
  Id: ID,
  Status: { type: "string", enum: ["OK"], readOnly: true },
  ProviderName: TEXT,
  DateTimeUTC: { type: "string", "x-is-msdate-time": true, readOnly: true },
};

/**
 * The description brought to what is answered: the envelope around every list, the list itself demanded, and refused
 * elements that are the record as it was sent with its faults, where the description names the ids alone.
 */
export function withXeroEnvelopes(document: Node): Node {
  const copy = structuredClone(document) as { components: { schemas: Record<string, Node> }; paths: Node };
  const { schemas } = copy.components;
  const refusals: Record<string, Node> = {};
  for (const [name, schema] of Object.entries(schemas)) {
    const record = recordOf(name, schema);
    if (record === null) continue;
    schemas[name] = {
      ...schema,
      properties: { ...ENVELOPE, ...nodeAt(schema, "properties") },
      ...(record.list === name ? { required: [name] } : {}),
    };
    refusals[name] = refusalOf(schemas, record.schema);
  }
  for (const [name, refusal] of Object.entries(refusals)) schemas[`Refused${name}`] = refusal;
  for (const item of Object.values(copy.paths))
    for (const method of ["put", "post", "delete"]) {
      const responses = nodeAt(item, method, "responses") as Record<string, Node>;
      const answered = textAt(nodeAt(responses, "200", "content", "application/json", "schema"), "$ref");
      const refused = `Refused${answered?.split("/").at(-1)}`;
      const isKnown = refused in schemas;
      responses["400"] = jsonOf(isKnown ? refused : "Error");
    }
  return copy;
}

/** The list that a schema is the wrapper of; null when it is none. */
function recordOf(name: string, schema: Node): { list: string; schema: string } | null {
  if (textAt(schema, "x-objectArrayKey") === null && name !== "ReportWithRows") return null;
  for (const [list, property] of Object.entries(nodeAt(schema, "properties"))) {
    const reference = textAt(nodeAt(property, "items"), "$ref");
    if (reference !== null && list !== "Warnings") return { list, schema: reference.split("/").at(-1) ?? "" };
  }
  return null;
}

function refusalOf(schemas: Readonly<Record<string, Node>>, record: string): Node {
  const element: Node = {
    type: "object",
    properties: { ...nodeAt(schemas.Element, "properties"), ...nodeAt(schemas[record], "properties") },
    required: ["ValidationErrors"],
  };
  const error = schemas.Error ?? {};
  return {
    ...error,
    properties: { ...nodeAt(error, "properties"), Elements: { type: "array", items: element } },
    required: ["ErrorNumber", "Type", "Message"],
  };
}

function jsonOf(schema: string): Node {
  return { content: { "application/json": { schema: { $ref: `#/components/schemas/${schema}` } } } };
}
