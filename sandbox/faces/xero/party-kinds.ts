/** Contacts and items. */
import type { Books } from "@/sandbox/xero/books";
import { actAs } from "@/sandbox/xero/paperwork/history";
import type { Act, Column, Desk, Kind } from "../kinds";
import { textAt } from "../wire";
import { editAct, statusAct } from "./xero-acts";
import { addressed, textField, UPDATED } from "./xero-columns";
import { pagedList, wholeList } from "./xero-lists";
import { attachmentAnswer, contactDocuments, paperworkSections } from "./xero-sections";

/** People restore a contact in Xero whatever its API says to the same wish, which is a switch. */
function restoreAct(books: Books, person: string): Act {
  return {
    slug: "restore",
    label: "Restore",
    fits: (record) => textAt(record, "ContactStatus") === "ARCHIVED",
    run({ id, record }) {
      const contact = books.contacts.get(id);
      if (contact?.status !== "ARCHIVED")
        return { ok: false, status: 400, problem: "The contact is not archived." };
      actAs(books, person, () =>
        books.contacts.put({ ...contact, status: "ACTIVE", updatedMs: books.now() }),
      );
      return { ok: true, body: record };
    },
  };
}

export function contactKind(books: Books, person: string): Kind {
  const address = { plural: "Contacts", idField: "ContactID" };
  const status: Column = { label: "Status", at: "ContactStatus", as: "status" };
  return {
    ...addressed(address),
    currencyAt: "DefaultCurrency",
    slug: "contacts",
    many: "Contacts",
    one: "Contact",
    group: "Contacts and items",
    searches: [["term", "Name, person, number or e-mail"]],
    list: pagedList("Contacts", ({ term }) => ({
      includeArchived: "true",
      ...(term === "" ? {} : { searchTerm: term }),
    })),
    titleOf: (record) => textAt(record, "Name"),
    columns: [
      { label: "Name", at: "Name" },
      { label: "E-mail", at: "EmailAddress" },
      { label: "Number", at: "ContactNumber" },
      status,
      { label: "They owe", at: "Balances.AccountsReceivable.Outstanding", as: "amount" },
      { label: "You owe", at: "Balances.AccountsPayable.Outstanding", as: "amount" },
    ],
    facts: [
      status,
      { label: "E-mail", at: "EmailAddress" },
      { label: "First name", at: "FirstName" },
      { label: "Last name", at: "LastName" },
      { label: "Contact number", at: "ContactNumber" },
      { label: "Account number", at: "AccountNumber" },
      { label: "Tax number", at: "TaxNumber" },
      { label: "Currency", at: "DefaultCurrency" },
      { label: "They owe", at: "Balances.AccountsReceivable.Outstanding", as: "amount" },
      { label: "You owe", at: "Balances.AccountsPayable.Outstanding", as: "amount" },
      UPDATED,
    ],
    acts: [
      editAct(
        address,
        (record) => [
          textField(record, "Name", "Name"),
          textField(record, "EmailAddress", "E-mail"),
          textField(record, "FirstName", "First name"),
          textField(record, "LastName", "Last name"),
          textField(record, "TaxNumber", "Tax number"),
        ],
        { lines: false, fits: () => true },
      ),
      statusAct(address, {
        slug: "archive",
        label: "Archive",
        from: ["ACTIVE"],
        to: "ARCHIVED",
        field: "ContactStatus",
      }),
      restoreAct(books, person),
    ],
    sections: (desk, id) => [
      ...contactDocuments(desk, id),
      ...paperworkSections(desk, { plural: "Contacts", slug: "contacts", id, files: true }),
    ],
    file: (_desk, id, fileId) => attachmentAnswer(books, id, fileId),
  };
}

export function itemKind(): Kind {
  const address = { plural: "Items", idField: "ItemID" };
  return {
    ...addressed(address),
    slug: "items",
    many: "Items",
    one: "Item",
    group: "Contacts and items",
    searches: [["text", "Code, name or description"]],
    list: wholeList("Items", ["Code", "Name", "Description"]),
    titleOf: (record) => textAt(record, "Code"),
    columns: [
      { label: "Code", at: "Code" },
      { label: "Name", at: "Name" },
      { label: "Sale price", at: "SalesDetails.UnitPrice", as: "amount" },
      { label: "Cost price", at: "PurchaseDetails.UnitPrice", as: "amount" },
      { label: "On hand", at: "QuantityOnHand", as: "number" },
    ],
    facts: [
      { label: "Name", at: "Name" },
      { label: "Description", at: "Description" },
      { label: "Sale price", at: "SalesDetails.UnitPrice", as: "amount" },
      { label: "Sales account", at: "SalesDetails.AccountCode" },
      { label: "Sales tax", at: "SalesDetails.TaxType" },
      { label: "Cost price", at: "PurchaseDetails.UnitPrice", as: "amount" },
      { label: "Purchase account", at: "PurchaseDetails.AccountCode" },
      { label: "Tracked as inventory", at: "IsTrackedAsInventory" },
      { label: "On hand", at: "QuantityOnHand", as: "number" },
      { label: "Cost of stock", at: "TotalCostPool", as: "amount" },
      UPDATED,
    ],
    acts: [
      editAct(
        address,
        (record) => [
          textField(record, "Name", "Name"),
          textField(record, "Description", "Description"),
          { ...textField(record, "SalesDetails.UnitPrice", "Sale price"), type: "amount" },
        ],
        { lines: false, fits: () => true },
      ),
      {
        slug: "delete",
        label: "Delete",
        fits: () => true,
        run: ({ desk, id }) => desk.ask("DELETE", `/Items/${id}`),
      },
    ],
    sections: (desk: Desk, id) =>
      paperworkSections(desk, { plural: "Items", slug: "items", id, files: false }),
  };
}
