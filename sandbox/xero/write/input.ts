/**
 * Bodies as callers send them, Xero's spelling kept. Numbers, booleans and texts may each come as another
 * JSON type, as Xero's own reader takes them; numbers become decimal text at once. A body of another shape is refused as a whole (PostDataInvalidException);
 * what a well-shaped body asks for is judged element by element elsewhere.
 */
import { z } from "zod";
import { decimal, decimalText } from "@/lib/kernel/decimal";
import { errorText } from "@/lib/kernel/errors";
import { noDataProcessed, postDataInvalid } from "../answer";
import { parseDay } from "../dates";
import { singularOf } from "../xml-names";

interface Unreadable {
  readonly problem: string;
}

/** A value that may come in several JSON types, each read as one; absent and null stay so. */
function scalar<T extends string | boolean>(read: (value: unknown) => T | null | Unreadable) {
  return z
    .unknown()
    .transform((value, context): T | null => {
      if (value === null || value === undefined) return null;
      const found = read(value);
      if (found === null || typeof found !== "object") return found;
      context.addIssue({ code: "custom", message: found.problem });
      return z.NEVER;
    })
    .optional();
}

const OTHER_TYPE: Unreadable = { problem: "Unexpected character encountered while parsing value" };

/** Text; numbers and booleans are taken as text, as in AccountCode: 200. */
export const words = scalar<string>((value) => {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return OTHER_TYPE;
});

export const flag = scalar<boolean>((value) => {
  if (typeof value === "boolean") return value;
  const text = typeof value === "string" ? value.trim().toLowerCase() : String(value);
  if (text === "") return null;
  return text === "true" || text === "false"
    ? text === "true"
    : { problem: `Could not convert string to boolean: ${text.slice(0, 40)}` };
});

/** A number, or text that is one; decimal text comes out. */
export const optionalAmount = scalar<string>((value) => {
  if (typeof value !== "number" && typeof value !== "string") return OTHER_TYPE;
  const text = String(value).trim();
  if (text === "") return null;
  try {
    return decimalText(decimal(text));
  } catch (error) {
    return { problem: errorText(error) };
  }
});

export const optionalDay = scalar<string>((value) => {
  if (value === "") return null;
  const parsed = typeof value === "string" ? parseDay(value.trim()) : null;
  return parsed ?? { problem: `The string '${String(value).slice(0, 40)}' is not a valid date` };
});

export const trackingInput = z.object({
  TrackingCategoryID: words,
  TrackingOptionID: words,
  Name: words,
  Option: words,
});

export const lineInput = z.object({
  LineItemID: words,
  Description: words,
  Quantity: optionalAmount,
  UnitAmount: optionalAmount,
  ItemCode: words,
  AccountCode: words,
  AccountID: words,
  TaxType: words,
  TaxAmount: optionalAmount,
  LineAmount: optionalAmount,
  DiscountRate: optionalAmount,
  DiscountAmount: optionalAmount,
  Tracking: z.array(trackingInput).nullish(),
});
export type LineInput = z.infer<typeof lineInput>;

const contactRef = z.object({ ContactID: words, ContactNumber: words, Name: words });
export type ContactRef = z.infer<typeof contactRef>;

export const documentInput = z.object({
  Type: words,
  Status: words,
  Contact: contactRef.nullish(),
  Date: optionalDay,
  LineAmountTypes: words,
  LineItems: z.array(lineInput).nullish(),
  CurrencyCode: words,
  CurrencyRate: optionalAmount,
  Reference: words,
  Url: words,
  SubTotal: optionalAmount,
  TotalTax: optionalAmount,
  Total: optionalAmount,
});
export type DocumentInput = z.infer<typeof documentInput>;

export const invoiceInput = documentInput.extend({
  InvoiceID: words,
  InvoiceNumber: words,
  DueDate: optionalDay,
  PlannedPaymentDate: optionalDay,
  ExpectedPaymentDate: optionalDay,
  SentToContact: flag,
  RoundingAmount: optionalAmount,
  EnteredTotal: optionalAmount,
  BrandingThemeID: words,
});
export type InvoiceInput = z.infer<typeof invoiceInput>;

export const creditNoteInput = documentInput.extend({
  CreditNoteID: words,
  CreditNoteNumber: words,
  BrandingThemeID: words,
});
export type CreditNoteInput = z.infer<typeof creditNoteInput>;

export const bankTransactionInput = documentInput.extend({
  BankTransactionID: words,
  BankAccount: z.object({ AccountID: words, Code: words }).nullish(),
  IsReconciled: flag,
});
export type BankTransactionInput = z.infer<typeof bankTransactionInput>;

const documentRef = z.object({
  InvoiceID: words,
  InvoiceNumber: words,
  CreditNoteID: words,
  CreditNoteNumber: words,
  OverpaymentID: words,
  PrepaymentID: words,
});

export const paymentInput = z.object({
  PaymentID: words,
  Invoice: documentRef.nullish(),
  CreditNote: documentRef.nullish(),
  Overpayment: documentRef.nullish(),
  Prepayment: documentRef.nullish(),
  InvoiceNumber: words,
  CreditNoteNumber: words,
  Account: z.object({ AccountID: words, Code: words }).nullish(),
  Code: words,
  Date: optionalDay,
  Amount: optionalAmount,
  BankAmount: optionalAmount,
  CurrencyRate: optionalAmount,
  Reference: words,
  IsReconciled: flag,
  Status: words,
});
export type PaymentInput = z.infer<typeof paymentInput>;

export const allocationInput = z.object({
  Invoice: documentRef.nullish(),
  Amount: optionalAmount,
  /** The name of Amount in the XML of older clients. */
  AppliedAmount: optionalAmount,
  Date: optionalDay,
});
export type AllocationInput = z.infer<typeof allocationInput>;

/** What the simulator reads of a contact; everything else of PASSED_CONTACT_FIELDS is kept as it came. */
export const contactInput = z.looseObject({
  ContactID: words,
  ContactNumber: words,
  AccountNumber: words,
  ContactStatus: words,
  Name: words,
  FirstName: words,
  LastName: words,
  EmailAddress: words,
  CompanyNumber: words,
  TaxNumber: words,
  DefaultCurrency: words,
});
export type ContactInput = z.infer<typeof contactInput>;

const priceInput = z.object({
  UnitPrice: optionalAmount,
  AccountCode: words,
  COGSAccountCode: words,
  TaxType: words,
});

export const itemInput = z.object({
  ItemID: words,
  Code: words,
  Name: words,
  Description: words,
  PurchaseDescription: words,
  IsSold: flag,
  IsPurchased: flag,
  InventoryAssetAccountCode: words,
  SalesDetails: priceInput.nullish(),
  PurchaseDetails: priceInput.nullish(),
});
export type ItemInput = z.infer<typeof itemInput>;

export const currencyInput = z.object({ Code: z.string(), Description: words });

/** The elements of a body: under the plural name, as a bare array, or a single bare object. */
export function readElements(body: unknown, plural: string): readonly Record<string, unknown>[] {
  const found = elementsOf(body, plural);
  const parsed = z.array(z.record(z.string(), z.unknown())).safeParse(found);
  if (!parsed.success) throw postDataInvalid(`The body holds no ${plural}.`);
  if (parsed.data.length === 0) throw noDataProcessed(singularOf(plural));
  return parsed.data;
}

function elementsOf(body: unknown, plural: string): unknown {
  if (Array.isArray(body)) return body;
  if (typeof body !== "object" || body === null) return null;
  const name = Object.keys(body).find((key) => key.toLowerCase() === plural.toLowerCase());
  if (name === undefined) return [body];
  const named: unknown = Object.getOwnPropertyDescriptor(body, name)?.value;
  return Array.isArray(named) ? named : named === null ? [] : [named];
}

/** One element by its schema; another shape refuses the whole call. */
export function readElement<T>(element: unknown, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(element);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw postDataInvalid(
    issue === undefined ? "The body cannot be read." : `${issue.path.join(".")}: ${issue.message}`,
  );
}
