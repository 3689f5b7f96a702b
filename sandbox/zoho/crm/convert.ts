/**
 * POST /Leads/{id}/actions/convert: a lead becomes a contact, with an account where it has a company and a deal
 * where the call describes one. The lead stays, converted: hidden from lists and closed to changes.
 * https://www.zoho.com/crm/developer/docs/api/v8/convert-lead.html (checked 2026-11-21)
 */
import { z } from "zod";
import type { SandboxResponse } from "@/sandbox/kit/types";
import { answerResults, type CrmCall, crmError, crmStamp, crmSuccess, failed, refuseCrm } from "./answers";
import { LEAD_MAPPING } from "./lead-mapping";
import { MODULES, type ModuleName } from "./modules";
import { notifyChannels } from "./notify";
import { displayName, type FieldValue, type StoredCrmRecord } from "./open-crm";
import { readValues } from "./validate";
import { storeNew } from "./write";

const existing = z.union([z.string(), z.object({ id: z.string() }).transform(({ id }) => id)]).optional();
const convertBody = z.object({
  data: z
    .array(
      z.object({
        Accounts: existing,
        Contacts: existing,
        Deals: z.record(z.string(), z.unknown()).optional(),
      }),
    )
    .min(1),
});

export function convertLead(call: CrmCall, id: string): SandboxResponse {
  const lead = call.crm.records.Leads.get(id);
  if (lead === undefined)
    return refuseCrm(
      400,
      crmError("INVALID_DATA", "the id given seems to be invalid", { resource_path_index: 1 }),
    );
  if (lead.converted === true)
    return refuseCrm(400, crmError("ID_ALREADY_CONVERTED", "id already converted", { id }));
  const body = convertBody.safeParse(call.input ?? { data: [{}] });
  const [order] = body.data?.data ?? [];
  if (order === undefined)
    return refuseCrm(
      400,
      crmError("INVALID_DATA", "invalid data", { api_name: "data", json_path: "$.data" }),
    );
  for (const [module, given] of [
    ["Accounts", order.Accounts],
    ["Contacts", order.Contacts],
  ] as const)
    if (given !== undefined && call.crm.records[module].head(given) === undefined)
      return answerResults(
        call,
        "data",
        [
          failed(
            crmError("INVALID_DATA", "the id given seems to be invalid", {
              api_name: module,
              json_path: `$.data[0].${module}.id`,
            }),
          ),
        ],
        200,
      );
  const deal = order.Deals === undefined ? null : readValues(call, MODULES.Deals, order.Deals, 0, null);
  if (deal !== null && !deal.ok) return answerResults(call, "data", [failed(deal.error)], 200);
  const accountId = order.Accounts ?? makeAccount(call, lead);
  const contactId = order.Contacts ?? makeContact(call, lead, accountId);
  const dealId =
    deal === null
      ? null
      : make(call, "Deals", {
          ...deal.value,
          ...(accountId === null ? {} : { Account_Name: accountId }),
          Contact_Name: contactId,
        });
  call.crm.records.Leads.put(id, { ...lead, converted: true, modified: crmStamp(call) });
  notifyChannels(call, "Leads", "update", [{ id, fields: ["Lead_Status"], values: {} }]);
  return answerResults(
    call,
    "data",
    [
      crmSuccess("The record has been converted successfully", {
        Contacts: named(call, "Contacts", contactId),
        Deals: dealId === null ? null : named(call, "Deals", dealId),
        Accounts: accountId === null ? null : named(call, "Accounts", accountId),
      }),
    ],
    200,
  );
}

function named(call: CrmCall, module: ModuleName, id: string) {
  const record = call.crm.records[module].head(id);
  return { name: record === undefined ? "" : displayName(module, record), id };
}

/** The lead's company: the account of that name, or a new one; null for a lead without a company. */
function makeAccount(call: CrmCall, { values }: StoredCrmRecord): string | null {
  const company = values.Company;
  if (typeof company !== "string" || company === "") return null;
  return (
    call.crm.natural.Accounts.find(company) ?? make(call, "Accounts", mapped(values, LEAD_MAPPING.Accounts))
  );
}

function makeContact(call: CrmCall, { values }: StoredCrmRecord, accountId: string | null): string {
  return make(call, "Contacts", {
    ...mapped(values, LEAD_MAPPING.Contacts),
    ...(accountId === null ? {} : { Account_Name: accountId }),
  });
}

function mapped(
  values: Readonly<Record<string, FieldValue>>,
  names: Readonly<Record<string, string>>,
): Record<string, FieldValue> {
  const made: Record<string, FieldValue> = {};
  for (const [from, to] of Object.entries(names)) {
    const value = values[from];
    if (value !== undefined) made[to] = value;
  }
  return made;
}

function make(call: CrmCall, module: ModuleName, values: Readonly<Record<string, FieldValue>>): string {
  const { id } = storeNew(call, MODULES[module], values);
  notifyChannels(call, module, "insert", [{ id, fields: Object.keys(values), values }]);
  return id;
}
