/**
 * Every scope that the simulated Zoho products know: what it lets an app do, in the words of the consent page,
 * and which calls it opens. A product is added as one entry of PRODUCTS; a scope outside them does not exist.
 * Case does not count in a module: the CRM's own file has both modules.leads and {module_API_name}.
 * https://www.zoho.com/books/api/v3/oauth/ (checked 2026-11-21)
 */

/** The first part of a scope. */
export type ZohoProduct = "ZohoBooks" | "ZohoInventory" | "ZohoExpense" | "ZohoCRM" | "ZohoSearch";

interface ProductScopes {
  readonly name: string;
  /** Modules in the words of a sentence, by the second part of the scope. */
  readonly modules: Readonly<Record<string, string>>;
}

const SALES_AND_PURCHASES = {
  contacts: "your customers and vendors",
  invoices: "your invoices",
  creditnotes: "your credit notes",
  customerpayments: "payments received from customers",
  bills: "your bills",
  vendorpayments: "payments made to vendors",
  debitnotes: "your vendor credits",
  purchaseorders: "your purchase orders",
  salesorders: "your sales orders",
} as const;

const PRODUCTS: Readonly<Record<ZohoProduct, ProductScopes>> = {
  ZohoBooks: {
    name: "Zoho Books",
    modules: {
      ...SALES_AND_PURCHASES,
      estimates: "your quotes",
      expenses: "your expenses",
      projects: "your projects and time entries",
      settings: "your organisation's settings, items, taxes and currencies",
      accountants: "your chart of accounts and journals",
      banking: "your bank accounts",
      custommodules: "your custom modules",
    },
  },
  ZohoInventory: {
    name: "Zoho Inventory",
    modules: {
      ...SALES_AND_PURCHASES,
      items: "your items",
      compositeitems: "your composite items",
      inventoryadjustments: "your stock adjustments",
      transferorders: "your transfer orders",
      packages: "your packages",
      shipmentorders: "your shipments",
      purchasereceives: "your purchase receives",
      salesreturns: "your sales returns",
      settings: "your organisation's settings, taxes and currencies",
    },
  },
  ZohoExpense: {
    name: "Zoho Expense",
    modules: {
      expensereport: "your expense reports",
      expense: "your expenses",
      expensecategory: "your expense categories",
      trip: "your trips",
      user: "the users of your organisation",
      customer: "your customers",
      project: "your projects",
      tag: "your tags",
      tax: "your taxes",
      currency: "your currencies",
      orgsettings: "your organisation's settings",
      settings: "your organisation's settings",
    },
  },
  ZohoCRM: {
    name: "Zoho CRM",
    modules: {
      modules: "all records",
      "modules.leads": "your leads",
      "modules.contacts": "your contacts",
      "modules.accounts": "your accounts",
      "modules.deals": "your deals",
      "modules.products": "your products",
      "modules.vendors": "your vendors",
      "modules.invoices": "your invoices in the CRM",
      "modules.notes": "your notes",
      "modules.attachments": "your attachments",
      notifications: "notifications about changes",
      settings: "your CRM's settings",
      "settings.modules": "the list of your CRM's modules",
      "settings.fields": "the fields of your CRM's modules",
      "settings.layouts": "the layouts of your CRM's modules",
      "settings.related_lists": "the related lists of your CRM's modules",
      "settings.custom_views": "the views of your CRM's modules",
      "settings.currencies": "your CRM's currencies",
      "settings.tags": "your CRM's tags",
      "settings.roles": "the roles of your CRM",
      "settings.profiles": "the profiles of your CRM",
      files: "files in your CRM",
      users: "the users of your CRM",
      org: "your CRM organisation's details",
      coql: "search queries",
      bulk: "records in bulk",
    },
  },
  ZohoSearch: { name: "Zoho Search", modules: { securesearch: "what your searches find" } },
};

const VERBS: Readonly<Record<string, string>> = {
  READ: "View",
  CREATE: "Add to",
  WRITE: "Add to and change",
  UPDATE: "Change",
  DELETE: "Delete from",
  ALL: "View and change",
};

const PROFILE = /^aaaserver\.profile\.read$/i;

/** A sentence for a scope, or null when Zoho has no such scope. */
export function describeScope(scope: string): string | null {
  if (PROFILE.test(scope)) return "View your name and e-mail address";
  const [product = "", ...rest] = scope.split(".");
  if (!isProduct(product)) return null;
  const { name, modules } = PRODUCTS[product];
  if (isFullAccess(rest)) return `View and change everything in ${name}`;
  const verb = VERBS[rest.at(-1) ?? ""];
  const module = modules[rest.slice(0, -1).join(".").toLowerCase()];
  return module === undefined || verb === undefined ? null : `${verb} ${module}`;
}

const isProduct = (text: string): text is ZohoProduct => Object.hasOwn(PRODUCTS, text);

const isFullAccess = (rest: readonly string[]): boolean =>
  rest.length === 2 && rest[0] === "fullaccess" && (rest[1] === "all" || rest[1] === "ALL");

/**
 * Whether what the user granted opens a call: `verb` is READ, CREATE, UPDATE or DELETE and `module` as in the
 * scope ("invoices", "modules.leads"). A scope of a wider module ("modules" for "modules.leads") covers it too.
 */
export function scopeCovers(
  product: ZohoProduct,
  scopes: readonly string[],
  verb: string,
  module: string,
): boolean {
  const wide = module.includes(".") ? [module, module.slice(0, module.indexOf("."))] : [module];
  return scopes.some((scope) => {
    const [granted, ...rest] = scope.split(".");
    if (granted !== product) return false;
    if (isFullAccess(rest)) return true;
    const last = rest.at(-1) ?? "";
    const fits = last === "ALL" || last === verb || (last === "WRITE" && ["CREATE", "UPDATE"].includes(verb));
    return fits && wide.includes(rest.slice(0, -1).join(".").toLowerCase());
  });
}
