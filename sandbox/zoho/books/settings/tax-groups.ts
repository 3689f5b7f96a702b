/**
 * Groups of taxes, which documents name as if they were one tax. A group stands in the list of taxes as well;
 * its percentage follows from its taxes. https://www.zoho.com/books/api/v3/taxes/ (checked 2026-11-21)
 */
import { z } from "zod";
import type { SandboxResponse } from "@/sandbox/kit/types";
import { amount } from "../../wire/formats";
import {
  type BooksCall,
  refuseMissing,
  refuseNotAllowed,
  refuseTaken,
  refuseValue,
  succeed,
  succeedWriting,
} from "../answers";
import { id, parseInput, text } from "../input";
import type { StoredTax } from "../records";
import { groupPercentage, isTaxNameTaken } from "./tax-rules";
import { taxRowWire } from "./taxes";
import { isTaxUsed } from "./uses";

const groupBody = z.object({
  tax_group_name: text.optional(),
  /** Ids with commas between, or a list of them. */
  taxes: z
    .union([text.transform((ids) => ids.split(/\s*,\s*/).filter((taxId) => taxId !== "")), z.array(id)])
    .optional(),
});
type GroupBody = z.infer<typeof groupBody>;
type StoredGroup = StoredTax & { readonly memberIds: readonly string[] };

function groupOf(call: BooksCall, groupId: string): StoredGroup | null {
  const tax = call.books.taxes.get(groupId);
  return tax?.memberIds === undefined ? null : { ...tax, memberIds: tax.memberIds };
}

export function getTaxGroup(call: BooksCall): SandboxResponse {
  const [groupId = ""] = call.ids;
  const group = groupOf(call, groupId);
  return group === null
    ? refuseMissing(call.context, "Tax Group")
    : succeed(groupAnswer(call, groupId, group));
}

export function createTaxGroup(call: BooksCall): SandboxResponse {
  const body = parseInput(groupBody, call.input);
  if (!body.ok) return refuseValue(body.error);
  return writeTaxGroup(call, call.books.nextId(), body.value, null);
}

export function updateTaxGroup(call: BooksCall): SandboxResponse {
  const [groupId = ""] = call.ids;
  const previous = groupOf(call, groupId);
  if (previous === null) return refuseMissing(call.context, "Tax Group");
  const body = parseInput(groupBody, call.input);
  return body.ok ? writeTaxGroup(call, groupId, body.value, previous) : refuseValue(body.error);
}

function writeTaxGroup(
  call: BooksCall,
  groupId: string,
  body: GroupBody,
  previous: StoredGroup | null,
): SandboxResponse {
  const { books } = call;
  const name = (body.tax_group_name ?? previous?.name ?? "").trim();
  if (name === "") return refuseValue("tax_group_name");
  const memberIds = body.taxes ?? previous?.memberIds ?? [];
  const members = memberIds.map((taxId) => books.taxes.head(taxId));
  if (members.length === 0 || members.some((tax) => tax === undefined || tax.memberIds !== undefined))
    return refuseValue("taxes");
  if (isTaxNameTaken(books, name, previous === null ? null : groupId))
    return refuseTaken("A tax with this name already exists.");
  const now = books.stamp();
  const group: StoredGroup = {
    name,
    type: "tax_group",
    memberIds,
    percentage: groupPercentage(books, memberIds),
    isDefault: previous?.isDefault ?? false,
    created: previous?.created ?? now,
    modified: now,
  };
  books.taxes.put(groupId, group);
  return succeedWriting(groupAnswer(call, groupId, group), "success", previous === null ? 201 : 200);
}

export function deleteTaxGroup(call: BooksCall): SandboxResponse {
  const [groupId = ""] = call.ids;
  if (groupOf(call, groupId) === null) return refuseMissing(call.context, "Tax Group");
  if (isTaxUsed(call.books, groupId))
    return refuseNotAllowed("This tax group is used in items or transactions and cannot be deleted.");
  call.books.taxes.delete(groupId);
  return succeedWriting({}, "The tax group has been deleted.");
}

function groupAnswer(call: BooksCall, groupId: string, group: StoredGroup) {
  return {
    tax_group: {
      tax_group_id: groupId,
      tax_group_name: group.name,
      tax_group_percentage: amount(group.percentage),
      taxes: group.memberIds.flatMap((taxId) => {
        const tax = call.books.taxes.head(taxId);
        if (tax === undefined) return [];
        const { tax_id, tax_name, tax_percentage, tax_type, tax_factor, ...row } = taxRowWire(taxId, tax);
        const { tax_authority_id, tax_authority_name } = row;
        return [
          { tax_id, tax_name, tax_percentage, tax_type, tax_factor, tax_authority_id, tax_authority_name },
        ];
      }),
    },
  };
}
