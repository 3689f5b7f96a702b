/** What each Zoho scope lets an app do, in the words of the consent page. */

const MODULES: Readonly<Record<string, string>> = {
  contacts: "your customers and vendors",
  invoices: "your invoices",
  creditnotes: "your credit notes",
  customerpayments: "payments received from customers",
  bills: "your bills",
  vendorpayments: "payments made to vendors",
  debitnotes: "your vendor credits",
  purchaseorders: "your purchase orders",
  salesorders: "your sales orders",
  estimates: "your quotes",
  expenses: "your expenses",
  projects: "your projects and time entries",
  settings: "your organisation's settings, items, taxes and currencies",
  accountants: "your chart of accounts and journals",
  banking: "your bank accounts",
};

const VERBS: Readonly<Record<string, string>> = {
  READ: "View",
  CREATE: "Add to",
  UPDATE: "Change",
  DELETE: "Delete from",
  ALL: "View and change",
};

/** A sentence for a scope, or null when Zoho has no such scope. */
export function describeScope(scope: string): string | null {
  if (scope === "ZohoBooks.fullaccess.all") return "View and change everything in Zoho Books";
  if (scope === "AaaServer.profile.READ" || scope === "aaaserver.profile.READ")
    return "View your name and e-mail address";
  const match = /^ZohoBooks\.([a-z]+)\.([A-Z]+)$/.exec(scope);
  const module = MODULES[match?.[1] ?? ""];
  const verb = VERBS[match?.[2] ?? ""];
  return module === undefined || verb === undefined ? null : `${verb} ${module}`;
}
