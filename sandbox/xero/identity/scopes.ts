/**
 * The scopes that an app made today can ask for: OpenID and the granular ones. The old broad scopes
 * (accounting.transactions, accounting.reports.read) are unknown here, as they are to Xero for an app made
 * after 2 March 2026, and premium ones are unknown until Xero has granted them. Words are those of the
 * consent page.
 */

const READABLE: Readonly<Record<string, string>> = {
  "accounting.invoices": "invoices, bills, credit notes, quotes and purchase orders",
  "accounting.payments": "payments, overpayments and prepayments",
  "accounting.banktransactions": "money spent and received, and bank transfers",
  "accounting.manualjournals": "manual journals",
  "accounting.contacts": "contacts",
  "accounting.settings": "the chart of accounts, tax rates, tracking, items and organisation settings",
  "accounting.attachments": "files attached to records",
  files: "files",
  assets: "fixed assets",
  projects: "projects",
  "payroll.employees": "employees",
  "payroll.leaveapplications": "leave applications",
  "payroll.payitems": "pay items",
  "payroll.payrollcalendars": "payroll calendars",
  "payroll.payruns": "pay runs",
  "payroll.payslip": "payslips",
  "payroll.settings": "payroll settings",
  "payroll.superfunds": "super funds",
  "payroll.timesheets": "timesheets",
};

/** Scopes that Xero grants to an app only after asking. */
const PREMIUM: Readonly<Record<string, string>> = {
  "accounting.journals.read": "View journals",
};

const FIXED: Readonly<Record<string, string>> = {
  openid: "Know who you are",
  profile: "See your name",
  email: "See your email address",
  offline_access: "Stay connected when you are not signed in",
  "accounting.budgets.read": "View budgets",
  "accounting.reports.aged.read": "View aged receivables and payables",
  "accounting.reports.balancesheet.read": "View the balance sheet",
  "accounting.reports.banksummary.read": "View the bank summary",
  "accounting.reports.budgetsummary.read": "View the budget summary",
  "accounting.reports.executivesummary.read": "View the executive summary",
  "accounting.reports.profitandloss.read": "View profit and loss",
  "accounting.reports.trialbalance.read": "View the trial balance",
  "accounting.reports.taxreports.read": "View tax reports",
  "accounting.reports.tenninetynine.read": "View 1099 reports",
};

/** What a scope lets the app do, in plain words; null for a scope that Xero does not know for this app. */
export function scopeInWords(scope: string, hasPremium = false): string | null {
  const known = hasPremium ? { ...FIXED, ...PREMIUM } : FIXED;
  const fixed = Object.hasOwn(known, scope) ? known[scope] : undefined;
  if (fixed !== undefined) return fixed;
  const isRead = scope.endsWith(".read");
  const base = isRead ? scope.slice(0, -".read".length) : scope;
  const noun = Object.hasOwn(READABLE, base) ? READABLE[base] : undefined;
  if (noun === undefined) return null;
  return isRead ? `View ${noun}` : `View and change ${noun}`;
}

export function scopeList(scope: string): string[] {
  return scope.split(/[\s+]+/).filter((part) => part !== "");
}

/** Whether a consent to these scopes concerns an organisation at all. */
export function needsOrganisation(scopes: readonly string[]): boolean {
  return scopes.some((scope) => /^(?:accounting\.|payroll\.|files\b|assets\b|projects\b)/.test(scope));
}

export const ALL_SCOPES: readonly string[] = [
  ...Object.keys(FIXED),
  ...Object.keys(READABLE).flatMap((scope) => [scope, `${scope}.read`]),
];
