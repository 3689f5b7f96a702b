/**
 * Taxes, one by one. Names are unique among taxes and groups; a tax that a transaction, an item or a group
 * names cannot be deleted. Tax authorities and exemptions belong to the US edition and are not simulated.
 * https://www.zoho.com/books/api/v3/taxes/ (checked 2026-11-21)
 */
import { z } from "zod";
import { decimal } from "@/lib/kernel/decimal";
import type { SandboxResponse } from "@/sandbox/kit/types";
import { amount } from "../../wire/formats";
import {
  type BooksCall,
  isLive,
  listPage,
  refuseMissing,
  refuseNotAllowed,
  refuseTaken,
  refuseValue,
  sorted,
  succeed,
  succeedWriting,
} from "../answers";
import { figure, parseInput, text } from "../input";
import type { StoredTax } from "../records";
import { groupPercentage, groupsOf, isTaxNameTaken } from "./tax-rules";
import { isTaxUsed } from "./uses";

const taxBody = z.object({
  tax_name: text.optional(),
  tax_percentage: figure.optional(),
  tax_type: z.enum(["tax", "compound_tax"]).optional(),
  tax_factor: z.enum(["rate", "share"]).optional(),
  country_code: text.optional(),
  is_value_added: z.boolean().optional(),
  is_editable: z.boolean().optional(),
});
type TaxBody = z.infer<typeof taxBody>;

export function listTaxes(call: BooksCall): SandboxResponse {
  return listPage(
    call,
    { key: "taxes", reportName: "Taxes", sortColumn: "tax_name", sortOrder: "A" },
    sorted(call.books.taxes, "tax_name", "A", ({ name }) => name),
    taxRowWire,
  );
}

export function getTax(call: BooksCall): SandboxResponse {
  const [id = ""] = call.ids;
  const tax = call.books.taxes.get(id);
  return tax === undefined || tax.memberIds !== undefined
    ? refuseMissing(call.context, "Tax")
    : succeed(taxAnswer(call, id, tax));
}

export function createTax(call: BooksCall): SandboxResponse {
  const body = parseInput(taxBody, call.input);
  if (!body.ok) return refuseValue(body.error);
  return writeTax(call, call.books.nextId(), body.value, null);
}

export function updateTax(call: BooksCall): SandboxResponse {
  const [id = ""] = call.ids;
  const previous = call.books.taxes.get(id);
  if (previous === undefined || previous.memberIds !== undefined) return refuseMissing(call.context, "Tax");
  const body = parseInput(taxBody, call.input);
  return body.ok ? writeTax(call, id, body.value, previous) : refuseValue(body.error);
}

function writeTax(call: BooksCall, id: string, body: TaxBody, previous: StoredTax | null): SandboxResponse {
  const { books } = call;
  const name = (body.tax_name ?? previous?.name ?? "").trim();
  if (name === "") return refuseValue("tax_name");
  const percentage = body.tax_percentage ?? previous?.percentage;
  if (percentage === undefined || !isPercentage(percentage)) return refuseValue("tax_percentage");
  if (isTaxNameTaken(books, name, previous === null ? null : id))
    return refuseTaken("A tax with this name already exists.");
  const now = books.stamp();
  const tax: StoredTax = {
    ...previous,
    name,
    percentage,
    isDefault: previous?.isDefault ?? false,
    type: body.tax_type ?? previous?.type ?? "tax",
    countryCode: body.country_code ?? previous?.countryCode ?? "",
    valueAdded: body.is_value_added ?? previous?.valueAdded ?? true,
    editable: body.is_editable ?? previous?.editable ?? true,
    created: previous?.created ?? now,
    modified: now,
  };
  books.taxes.put(id, tax);
  for (const groupId of groupsOf(books, id)) {
    const group = books.taxes.get(groupId);
    if (group?.memberIds !== undefined)
      books.taxes.put(groupId, { ...group, percentage: groupPercentage(books, group.memberIds) });
  }
  return previous === null
    ? succeedWriting(taxAnswer(call, id, tax), "The tax has been added.", 201)
    : succeedWriting(taxAnswer(call, id, tax), "Tax information has been saved.");
}

const isPercentage = (figureText: string): boolean =>
  decimal(figureText).greaterThanOrEqualTo(0) && decimal(figureText).lessThanOrEqualTo(100);

export function deleteTax(call: BooksCall): SandboxResponse {
  const [id = ""] = call.ids;
  const tax = call.books.taxes.get(id);
  if (tax === undefined || tax.memberIds !== undefined) return refuseMissing(call.context, "Tax");
  if (groupsOf(call.books, id).size > 0 || isTaxUsed(call.books, id))
    return refuseNotAllowed("This tax is used in items, transactions or tax groups and cannot be deleted.");
  call.books.taxes.delete(id);
  return succeedWriting({}, "The record has been deleted.");
}

/** A tax as a row of the list, where groups stand too. */
export function taxRowWire(id: string, tax: StoredTax) {
  return {
    tax_id: id,
    tax_name: tax.name,
    tax_percentage: amount(tax.percentage),
    tax_type: tax.type ?? "tax",
    tax_factor: "rate",
    tax_specific_type: "",
    tax_authority_id: "",
    tax_authority_name: "",
    is_value_added: tax.valueAdded ?? true,
    is_default_tax: tax.isDefault,
    is_editable: tax.editable ?? true,
  };
}

/** The files have a list of one here; live answers have the tax itself. */
function taxAnswer(call: BooksCall, id: string, tax: StoredTax) {
  const { is_default_tax: _default, is_editable: _editable, ...fields } = taxRowWire(id, tax);
  const shown = {
    ...fields,
    tds_payable_account_id: "",
    country: "",
    country_code: tax.countryCode ?? "",
    purchase_tax_expense_account_id: "",
  };
  return { tax: isLive(call) ? shown : [shown] };
}
