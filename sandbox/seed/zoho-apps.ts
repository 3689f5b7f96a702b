/**
 * What the demo company keeps in Zoho's other products: leads, accounts, contacts and deals in the CRM, stock and
 * its movements in Inventory, expense reports in Expense. It adds nothing to Books: items are tracked by
 * Inventory's own records, and the one document that both products share, an order, is not made here.
 * Everything is invented and the same in every run.
 */
import { decimal } from "@/lib/kernel/decimal";
import type { SandboxContext } from "@/sandbox/kit/types";
import { ZOHO_USER } from "@/sandbox/zoho/accounts/oauth";
import { OWN_USER_ID } from "@/sandbox/zoho/books/settings/users";
import type { ModuleName } from "@/sandbox/zoho/crm/modules";
import { type FieldValue, openCrm } from "@/sandbox/zoho/crm/open-crm";
import { openExpense } from "@/sandbox/zoho/expense/open-expense";
import type { StoredReport } from "@/sandbox/zoho/expense/records";
import { openInventory } from "@/sandbox/zoho/inventory/open-inventory";
import { REGULAR_CUSTOMERS } from "./demo-customers";
import { DEMO_PRODUCTS } from "./demo-products";

const MADE = "2026-10-05T09:00:00Z";
const STAMPS = { created: MADE, modified: MADE } as const;

/** Fills CRM, Inventory and Expense of an organisation that Books was seeded with. */
export function seedZohoApps(context: SandboxContext): void {
  seedCrm(context);
  seedInventory(context);
  seedExpense(context);
}

const LEADS: readonly Readonly<Record<string, FieldValue>>[] = [
  lead(
    "Tess",
    "Harding",
    "Harding & Hale",
    "tess@hardinghale.example",
    "Whitstable",
    "Trade Show",
    "Contacted",
  ),
  lead(
    "Owen",
    "Blake",
    "The Net Loft",
    "owen@netloft.example",
    "Mevagissey",
    "Web Download",
    "Not Contacted",
  ),
  lead("Farah", "Aziz", "Aziz Home", "farah@azizhome.example", "Bradford", "Cold Call", "Pre-Qualified"),
  lead(
    "Milo",
    "Trent",
    "Trent Valley Gifts",
    "milo@trentvalley.example",
    "Newark",
    "Partner",
    "Contact in Future",
  ),
  lead("Gwen", "Parry", "", "gwen@parry.example", "Aberdovey", "Online Store", "Not Contacted"),
];

function lead(
  First_Name: string,
  Last_Name: string,
  Company: string,
  Email: string,
  City: string,
  Lead_Source: string,
  Lead_Status: string,
): Record<string, FieldValue> {
  return { First_Name, Last_Name, Company, Email, City, Lead_Source, Lead_Status, Country: "United Kingdom" };
}

const STAGES = ["Qualification", "Proposal/Price Quote", "Negotiation/Review", "Closed Won"] as const;
const ACCOUNTS_IN_CRM = 12;

function seedCrm(context: SandboxContext): void {
  const crm = openCrm(context);
  const add = (module: ModuleName, values: Readonly<Record<string, FieldValue>>): string => {
    const id = crm.books.nextId();
    crm.records[module].put(id, { values, ownerId: ZOHO_USER.id, ...STAMPS });
    return id;
  };
  for (const values of LEADS) add("Leads", values);
  for (const [index, customer] of REGULAR_CUSTOMERS.slice(0, ACCOUNTS_IN_CRM).entries()) {
    const [First_Name, Last_Name] = customer.person;
    const account = add("Accounts", {
      Account_Name: customer.name,
      Account_Type: "Customer",
      Billing_City: customer.city,
      Billing_Country: customer.country,
    });
    const contact = add("Contacts", {
      ...{ First_Name, Last_Name, Email: customer.email },
      ...{ Account_Name: account, Mailing_City: customer.city, Mailing_Country: customer.country },
    });
    if (index % 2 === 0)
      add("Deals", {
        Deal_Name: `${customer.name}: winter range`,
        Stage: STAGES[(index / 2) % STAGES.length] ?? "Qualification",
        Amount: 420 + index * 135.5,
        Closing_Date: `2026-12-${String(4 + index).padStart(2, "0")}`,
        Account_Name: account,
        Contact_Name: contact,
      });
  }
}

const TRACKED_PRODUCTS = 8;

/** The first products are tracked; a count in October corrected two of them. */
function seedInventory(context: SandboxContext): void {
  const inventory = openInventory(context);
  const skus = DEMO_PRODUCTS.slice(0, TRACKED_PRODUCTS).map(({ sku }) => sku);
  const tracked: string[] = [];
  for (const [id, { sku }] of inventory.books.items.heads()) {
    const place = skus.indexOf(sku);
    if (place < 0) continue;
    tracked.push(id);
    const cost = decimal(DEMO_PRODUCTS[place]?.price ?? "0")
      .times("0.45")
      .toFixed(2);
    inventory.stockItems.put(id, {
      ...{ purchaseRate: cost, purchaseDescription: "", purchaseAccountId: "", inventoryAccountId: "" },
      ...{ vendorId: "", reorderLevel: "40", initialStock: String(400 + place * 50), initialStockRate: cost },
      ...{ upc: "", ean: "", isbn: "", partNumber: "" },
    });
  }
  const counted = tracked.slice(0, 2).map((itemId, index) => ({
    id: inventory.books.nextId(),
    itemId,
    description: index === 0 ? "Broken in the store" : "Found behind the shelf",
    adjusted: index === 0 ? "-6" : "4",
    accountId: "",
  }));
  inventory.adjustments.put(inventory.books.nextId(), {
    date: "2026-10-31",
    reason: "Stock count",
    description: "Autumn count",
    reference: "COUNT-2026-10",
    type: "quantity",
    lines: counted,
    ...STAMPS,
  });
}

const REPORTS: readonly {
  readonly name: string;
  readonly state: StoredReport["state"];
  readonly claims: readonly (readonly [date: string, category: string, merchant: string, amount: string])[];
}[] = [
  {
    name: "Harrogate trade fair",
    state: "reimbursed",
    claims: [
      ["2026-10-12", "Travel", "Great Western Railway", "118.40"],
      ["2026-10-12", "Lodging", "The Crown, Harrogate", "96.00"],
      ["2026-10-13", "Meals", "Bluebell Tearooms", "14.85"],
    ],
  },
  {
    name: "October deliveries",
    state: "approved",
    claims: [
      ["2026-10-20", "Fuel", "Quay Service Station", "62.10"],
      ["2026-10-27", "Parking", "Falmouth Harbour", "8.50"],
    ],
  },
  {
    name: "Studio visits",
    state: "submitted",
    claims: [["2026-11-06", "Travel", "Great Western Railway", "47.20"]],
  },
  {
    name: "November",
    state: "draft",
    claims: [["2026-11-16", "Office Supplies", "Castle Street Cards", "23.99"]],
  },
];

function seedExpense(context: SandboxContext): void {
  const expense = openExpense(context);
  const { books } = expense;
  for (const name of ["Travel", "Lodging", "Meals", "Fuel", "Parking", "Office Supplies"])
    expense.categories.put(books.nextId(), { name, code: "", description: "", active: true, ...STAMPS });
  for (const [index, { name, state, claims }] of REPORTS.entries()) {
    const reportId = books.nextId();
    const expenseIds = claims.map(([date, category, merchant, amount]) => {
      const id = books.nextId();
      expense.claims.put(id, {
        ...{ date, merchant, reportId, userId: OWN_USER_ID, currencyCode: "GBP", exchangeRate: "1" },
        ...{ reference: "", description: "", reimbursable: true, billable: false, inclusive: true },
        ...{ customerId: "", projectId: "" },
        lines: [
          {
            id: books.nextId(),
            categoryId: expense.categories.find(category) ?? "",
            description: "",
            amount,
            taxId: "",
            taxAmount: "0",
          },
        ],
        ...STAMPS,
      });
      return id;
    });
    const dates = claims.map(([date]) => date);
    expense.reports.put(reportId, {
      ...{ name, state, expenseIds, userId: OWN_USER_ID, number: `ER-${String(index + 1).padStart(5, "0")}` },
      ...{ description: "", purpose: "", customerId: "", projectId: "" },
      ...{ startDate: dates[0] ?? "", endDate: dates.at(-1) ?? "" },
      submitted: state === "draft" ? "" : "2026-11-02",
      approved: state === "approved" || state === "reimbursed" ? "2026-11-03" : "",
      reimbursed: state === "reimbursed" ? "2026-11-05" : "",
      history: [],
      ...STAMPS,
    });
  }
}
