/**
 * What an invoice or a credit note has besides its figures: values of custom fields, the people of the customer
 * that it is meant for, the salesperson. A field that nobody defined and a person of somebody else are refused;
 * what a client leaves out stays. https://www.zoho.com/books/api/v3/invoices/ (checked 2026-11-21)
 */
import { z } from "zod";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { SandboxResponse } from "@/sandbox/kit/types";
import { type BooksCall, refuseValue } from "./answers";
import type { HeadedTable } from "./indexes";
import { id, parseInput, text } from "./input";
import type { Books } from "./open-books";
import { personsOf } from "./parties/persons-of";
import type { CustomValues, DocumentExtras } from "./records";
import { customFieldsBody, fieldsOf, writeCustomFields } from "./settings/custom-fields";

const extrasBody = z.object({
  custom_fields: customFieldsBody.optional(),
  contact_persons: z.array(id).optional(),
  salesperson_name: text.optional(),
});

/** The extras of a document after a write, or Zoho's refusal. `recordId` is null for a new one. */
export function readExtras(
  call: BooksCall,
  module: "invoice" | "creditnote",
  table: HeadedTable<{ readonly customFields?: CustomValues }>,
  recordId: string | null,
  customerId: string,
  previous: (DocumentExtras & { readonly customerId: string }) | null,
): Result<DocumentExtras, SandboxResponse> {
  const body = parseInput(extrasBody, call.input);
  if (!body.ok) return err(refuseValue(body.error));
  const { books } = call;
  const { custom_fields: sent, contact_persons: asked, salesperson_name: salesperson } = body.value;
  const fields = writeCustomFields(books, module, table, recordId, sent, previous?.customFields);
  if (!fields.ok) return fields;
  const contact = books.contacts.head(customerId);
  const known = contact === undefined ? [] : personsOf(customerId, contact);
  if (asked?.some((personId) => !known.some((person) => person.id === personId)))
    return err(refuseValue("contact_persons"));
  const kept = previous?.customerId === customerId ? previous.personIds : undefined;
  const personIds = asked ?? kept;
  const salespersonName = salesperson ?? previous?.salespersonName;
  return ok({
    ...(fields.value === undefined ? {} : { customFields: fields.value }),
    ...(personIds === undefined ? {} : { personIds }),
    ...(salespersonName === undefined ? {} : { salespersonName }),
  });
}

/** ignore_auto_number_generation=true wants a number, and there is none. */
export const isOwnNumberMissing = (call: BooksCall, number: string | undefined): boolean =>
  call.query.get("ignore_auto_number_generation") === "true" && (number ?? "") === "";

/** The values of custom fields of a document; fields without one are left out. */
export function extraFieldsWire(
  books: Books,
  module: "invoice" | "creditnote",
  values: CustomValues | undefined,
) {
  if (values === undefined) return [];
  return fieldsOf(books, module)
    .filter(([fieldId]) => (values[fieldId] ?? "") !== "")
    .map(([fieldId, { index, label }]) => ({
      customfield_id: fieldId,
      index,
      label,
      value: values[fieldId] ?? "",
    }));
}

/** The people of a document, as `contact_persons_associated`. */
export function extraPersonsWire(books: Books, customerId: string, personIds: readonly string[] = []) {
  const contact = books.contacts.head(customerId);
  if (contact === undefined || personIds.length === 0) return [];
  return personsOf(customerId, contact)
    .filter((person) => personIds.includes(person.id))
    .map(({ id: personId, firstName, lastName, email, phone, mobile }) => ({
      contact_person_id: personId,
      contact_person_name: `${firstName} ${lastName}`.trim(),
      first_name: firstName,
      last_name: lastName,
      contact_person_email: email,
      phone,
      mobile,
    }));
}
