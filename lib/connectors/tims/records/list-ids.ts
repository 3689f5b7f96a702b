import { idIn, nameOf } from "@/lib/connectors/contract/unreadable";
import type { RecordType } from "@/lib/domain/record-type";
import type { TimsClient } from "../client";
import { unsupported } from "../errors";
import type { Prefix } from "../ids";
import { BILLS, PURCHASE_ORDERS, RECEIVABLES, type Resource, SALES_ORDERS } from "../resources";
import { isByOrder } from "./invoices";
import { externalIdOf, PLAIN_LISTS } from "./lists";

/** The ids of a type's lists, a page at a time: what is deleted in TIMS is in none of them. */
export async function* listIds(client: TimsClient, recordType: RecordType): AsyncIterable<readonly string[]> {
  for (const { resource, prefix } of idLists(client, recordType))
    for (let page = 1; ; page += 1) {
      const list = await client.list(resource, { page, filters: {} });
      yield list.rows.flatMap((row) => {
        const id = idIn(row, resource.idField);
        return id === null ? [] : [externalIdOf(prefix, id)];
      });
      if (!list.hasMore) break;
    }
}

function idLists(
  client: TimsClient,
  recordType: RecordType,
): readonly { readonly resource: Resource; readonly prefix: Prefix | null }[] {
  const receivables = { resource: RECEIVABLES, prefix: "AR" } as const;
  if (recordType === "invoice")
    return isByOrder(client) ? [{ resource: SALES_ORDERS, prefix: "SO" }, receivables] : [receivables];
  const isByPurchaseOrder = client.settings.billsFrom === "orders";
  if (recordType === "bill")
    return isByPurchaseOrder
      ? [
          { resource: PURCHASE_ORDERS, prefix: "PO" },
          { resource: BILLS, prefix: "AP" },
        ]
      : [{ resource: BILLS, prefix: null }];
  const lists = PLAIN_LISTS[recordType];
  if (lists === undefined) throw unsupported(`list every ${nameOf(recordType)}`);
  return lists;
}
