/** What `where` and `order` may name in lists of manual journals, bank transfers and batches of payments. */
import type { Books } from "../books";
import type { FieldValue } from "../read/field-order";
import type { ListSource } from "../read/list";
import type { BankTransferHead, BatchPaymentHead, ManualJournalHead } from "./records";

export function manualJournalSource(books: Books): ListSource<ManualJournalHead> {
  return {
    paged: true,
    heads: () => books.manualJournals.heads(),
    filters: [],
    types: {
      manualjournalid: "Guid",
      narration: "String",
      date: "DateTime",
      status: "String",
      lineamounttypes: "String",
      url: "String",
      showoncashbasisreports: "Boolean",
      updateddateutc: "DateTime",
    },
    field: (id, head, path) => {
      const body = (): ReturnType<Books["manualJournals"]["get"]> => books.manualJournals.get(id);
      switch (path) {
        case "lineamounttypes":
          return body()?.lineAmountTypes ?? null;
        case "url":
          return body()?.url ?? null;
        case "showoncashbasisreports":
          return body()?.showOnCashBasisReports ?? null;
        case "narration":
          return head.narration;
        default:
          return sharedField(id, head, "manualjournalid", path);
      }
    },
  };
}

export function bankTransferSource(books: Books, includeDeleted: boolean): ListSource<BankTransferHead> {
  return {
    paged: false,
    heads: () => books.bankTransfers.heads(),
    filters: [(_, head) => includeDeleted || head.status !== "DELETED"],
    types: {
      banktransferid: "Guid",
      date: "DateTime",
      amount: "Decimal",
      status: "String",
      reference: "String",
      createddateutc: "DateTime",
      "frombankaccount.accountid": "Guid",
      "frombankaccount.code": "String",
      "tobankaccount.accountid": "Guid",
      "tobankaccount.code": "String",
    },
    field: (id, head, path) => {
      switch (path) {
        case "amount":
          return { amount: head.amount };
        case "reference":
          return head.reference;
        case "createddateutc":
          return new Date(head.createdMs);
        case "frombankaccount.accountid":
          return head.fromAccountId;
        case "frombankaccount.code":
          return books.accounts.head(head.fromAccountId)?.code ?? null;
        case "tobankaccount.accountid":
          return head.toAccountId;
        case "tobankaccount.code":
          return books.accounts.head(head.toAccountId)?.code ?? null;
        default:
          return sharedField(id, head, "banktransferid", path);
      }
    },
  };
}

export function batchPaymentSource(books: Books): ListSource<BatchPaymentHead> {
  return {
    paged: false,
    heads: () => books.batchPayments.heads(),
    filters: [],
    types: {
      batchpaymentid: "Guid",
      date: "DateTime",
      status: "String",
      type: "String",
      reference: "String",
      totalamount: "Decimal",
      updateddateutc: "DateTime",
      "account.accountid": "Guid",
    },
    field: (id, head, path) => {
      switch (path) {
        case "type":
          return head.type;
        case "reference":
          return head.reference;
        case "totalamount":
          return { amount: head.totalAmount };
        case "account.accountid":
          return head.accountId;
        default:
          return sharedField(id, head, "batchpaymentid", path);
      }
    },
  };
}

function sharedField(
  id: string,
  head: { readonly date: string; readonly status: string; readonly updatedMs: number },
  idPath: string,
  path: string,
): FieldValue {
  if (path === idPath) return id;
  if (path === "date") return new Date(`${head.date}T00:00:00Z`);
  if (path === "status") return head.status;
  return path === "updateddateutc" ? new Date(head.updatedMs) : undefined;
}
