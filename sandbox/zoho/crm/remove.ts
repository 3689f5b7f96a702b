/**
 * Deletes records of the CRM, up to 100 a call, each with a result of its own. A deleted record goes to the
 * recycle bin. https://www.zoho.com/crm/developer/docs/api/v8/delete-records.html (checked 2026-11-21)
 */
import type { SandboxResponse } from "@/sandbox/kit/types";
import {
  answerResults,
  type CrmCall,
  crmError,
  crmStamp,
  crmSuccess,
  failed,
  missingParameter,
  refuseCrm,
} from "./answers";
import type { ModuleDefinition } from "./modules";
import { type ChangedRecord, notifyChannels } from "./notify";
import { displayName } from "./open-crm";

const RECORDS_A_CALL = 100;

/** DELETE /{module}?ids=1,2 */
export function deleteRecords(call: CrmCall, module: ModuleDefinition): SandboxResponse {
  const ids = (call.query.get("ids") ?? "").split(",").filter((id) => id !== "");
  if (ids.length === 0) return missingParameter("ids");
  if (ids.length > RECORDS_A_CALL)
    return refuseCrm(
      400,
      crmError("LIMIT_EXCEEDED", "Record count exceeded", { param_name: "ids", limit: RECORDS_A_CALL }),
    );
  return removeAll(call, module, ids);
}

export const deleteRecord = (call: CrmCall, module: ModuleDefinition, id: string): SandboxResponse =>
  removeAll(call, module, [id]);

function removeAll(call: CrmCall, module: ModuleDefinition, ids: readonly string[]): SandboxResponse {
  const deleted: ChangedRecord[] = [];
  const results = ids.map((id) => {
    const record = call.crm.records[module.name].get(id);
    if (record === undefined)
      return failed(crmError("INVALID_DATA", "the id given seems to be invalid", { id }));
    call.crm.records[module.name].delete(id);
    call.crm.deleted[module.name].put(id, {
      displayName: displayName(module.name, record),
      time: crmStamp(call),
    });
    deleted.push({ id, fields: [], values: {} });
    return crmSuccess("record deleted", { id });
  });
  notifyChannels(call, module.name, "delete", deleted);
  return answerResults(call, "data", results, 200);
}
