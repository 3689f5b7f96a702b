/**
 * The modules of the simulated CRM and their fields, as a new organisation has them. Types and lengths are
 * those of Zoho's standard fields. https://www.zoho.com/crm/developer/docs/api/v8/modules-api.html
 * (checked 2026-11-21)
 */

export type FieldType =
  | "text"
  | "textarea"
  | "email"
  | "phone"
  | "website"
  | "picklist"
  | "currency"
  | "integer"
  | "boolean"
  | "date"
  | "datetime"
  | "lookup"
  | "ownerlookup"
  | "profileimage";

export interface FieldDefinition {
  readonly name: string;
  readonly label: string;
  readonly type: FieldType;
  /** Characters; digits for numbers. */
  readonly length: number;
  readonly mandatory: boolean;
  readonly readOnly: boolean;
  /** Module of a lookup. */
  readonly lookup?: ModuleName;
  readonly values?: readonly string[];
}

export type ModuleName = "Leads" | "Contacts" | "Accounts" | "Deals";
export const MODULE_NAMES: readonly ModuleName[] = ["Leads", "Contacts", "Accounts", "Deals"];

export interface ModuleDefinition {
  readonly name: ModuleName;
  readonly id: string;
  readonly singular: string;
  readonly fields: readonly FieldDefinition[];
  /** The field that names a record. */
  readonly display: string;
  /** Fields that an upsert checks when the call names none. */
  readonly duplicateCheck: string;
}

const LENGTHS: Readonly<Record<FieldType, number>> = {
  ...{ text: 100, textarea: 32_000, email: 100, phone: 30, website: 255, picklist: 120 },
  ...{ currency: 16, integer: 9, boolean: 5, date: 20, datetime: 120, lookup: 120 },
  ...{ ownerlookup: 120, profileimage: 255 },
};

function field(
  name: string,
  type: FieldType = "text",
  more: Partial<Omit<FieldDefinition, "name" | "type">> = {},
): FieldDefinition {
  return {
    name,
    label: name.replaceAll("_", " "),
    type,
    length: LENGTHS[type],
    mandatory: false,
    readOnly: false,
    ...more,
  };
}

const READ_ONLY = { readOnly: true } as const;

const SYSTEM_FIELDS: readonly FieldDefinition[] = [
  field("Owner", "ownerlookup"),
  field("Created_By", "ownerlookup", READ_ONLY),
  field("Modified_By", "ownerlookup", READ_ONLY),
  field("Created_Time", "datetime", READ_ONLY),
  field("Modified_Time", "datetime", READ_ONLY),
  field("Last_Activity_Time", "datetime", READ_ONLY),
  field("Description", "textarea"),
];

const LEAD_SOURCES = [
  ...["Advertisement", "Cold Call", "Employee Referral", "External Referral", "Online Store", "Partner"],
  ...["Public Relations", "Sales Email Alias", "Seminar Partner", "Internal Seminar", "Trade Show"],
  ...["Web Download", "Web Research", "Chat"],
] as const;

const INDUSTRIES = [
  ...["ASP (Application Service Provider)", "Data/Telecom OEM", "ERP (Enterprise Resource Planning)"],
  ...["Government/Military", "Large Enterprise", "ManagementISV", "MSP (Management Service Provider)"],
  ...["Network Equipment Provider", "Non-management ISV", "Optical Networking", "Service Provider"],
  ...["Small/Medium Enterprise", "Storage Equipment", "Storage Service Provider", "Systems Integrator"],
  ...["Wireless Industry", "ERP", "Management ISV"],
] as const;

export const STAGES: readonly { readonly name: string; readonly probability: number }[] = [
  { name: "Qualification", probability: 10 },
  { name: "Needs Analysis", probability: 20 },
  { name: "Value Proposition", probability: 40 },
  { name: "Identify Decision Makers", probability: 60 },
  { name: "Proposal/Price Quote", probability: 75 },
  { name: "Negotiation/Review", probability: 90 },
  { name: "Closed Won", probability: 100 },
  { name: "Closed Lost", probability: 0 },
  { name: "Closed-Lost to Competition", probability: 0 },
];

const address = (prefix: string): readonly FieldDefinition[] =>
  [
    "Street",
    "City",
    "State",
    prefix === "" ? "Zip_Code" : prefix === "Mailing_" ? "Zip" : "Code",
    "Country",
  ].map((part) => field(`${prefix}${part}`, "text", { length: part === "Street" ? 250 : 100 }));

const LEADS: ModuleDefinition = {
  name: "Leads",
  id: "480211000000002175",
  singular: "Lead",
  display: "Full_Name",
  duplicateCheck: "Email",
  fields: [
    field("Company", "text", { length: 200 }),
    field("First_Name", "text", { length: 40 }),
    field("Last_Name", "text", { length: 80, mandatory: true }),
    field("Full_Name", "text", { length: 80, readOnly: true }),
    field("Designation"),
    field("Email", "email"),
    field("Secondary_Email", "email"),
    field("Phone", "phone"),
    field("Mobile", "phone"),
    field("Website", "website"),
    field("Lead_Source", "picklist", { values: LEAD_SOURCES }),
    field("Lead_Status", "picklist", {
      values: [
        ...["Attempted to Contact", "Contact in Future", "Contacted", "Junk Lead", "Lost Lead"],
        ...["Not Contacted", "Pre-Qualified", "Not Qualified"],
      ],
    }),
    field("Industry", "picklist", { values: INDUSTRIES }),
    field("No_of_Employees", "integer"),
    field("Annual_Revenue", "currency"),
    field("Email_Opt_Out", "boolean"),
    ...address(""),
    ...SYSTEM_FIELDS,
  ],
};

const CONTACTS: ModuleDefinition = {
  name: "Contacts",
  id: "480211000000002179",
  singular: "Contact",
  display: "Full_Name",
  duplicateCheck: "Email",
  fields: [
    field("First_Name", "text", { length: 40 }),
    field("Last_Name", "text", { length: 80, mandatory: true }),
    field("Full_Name", "text", { length: 80, readOnly: true }),
    field("Account_Name", "lookup", { lookup: "Accounts" }),
    field("Title"),
    field("Department", "text", { length: 50 }),
    field("Email", "email"),
    field("Secondary_Email", "email"),
    field("Phone", "phone", { length: 50 }),
    field("Mobile", "phone"),
    field("Lead_Source", "picklist", { values: LEAD_SOURCES }),
    field("Date_of_Birth", "date"),
    field("Email_Opt_Out", "boolean"),
    ...address("Mailing_"),
    ...SYSTEM_FIELDS,
  ],
};

const ACCOUNTS: ModuleDefinition = {
  name: "Accounts",
  id: "480211000000002177",
  singular: "Account",
  display: "Account_Name",
  duplicateCheck: "Account_Name",
  fields: [
    field("Account_Name", "text", { length: 200, mandatory: true }),
    field("Account_Number", "text", { length: 40 }),
    field("Account_Type", "picklist", {
      values: [
        "Analyst",
        "Competitor",
        "Customer",
        "Distributor",
        "Investor",
        "Partner",
        "Prospect",
        "Vendor",
      ],
    }),
    field("Parent_Account", "lookup", { lookup: "Accounts" }),
    field("Phone", "phone"),
    field("Website", "website"),
    field("Industry", "picklist", { values: INDUSTRIES }),
    field("Ownership", "picklist", { values: ["Private", "Public", "Subsidiary", "Partnership"] }),
    field("Employees", "integer"),
    field("Annual_Revenue", "currency"),
    ...address("Billing_"),
    ...address("Shipping_"),
    ...SYSTEM_FIELDS,
  ],
};

const DEALS: ModuleDefinition = {
  name: "Deals",
  id: "480211000000002181",
  singular: "Deal",
  display: "Deal_Name",
  duplicateCheck: "Deal_Name",
  fields: [
    field("Deal_Name", "text", { length: 120, mandatory: true }),
    field("Stage", "picklist", { mandatory: true, values: STAGES.map(({ name }) => name) }),
    field("Account_Name", "lookup", { lookup: "Accounts" }),
    field("Contact_Name", "lookup", { lookup: "Contacts" }),
    field("Amount", "currency"),
    field("Closing_Date", "date"),
    field("Probability", "integer", { length: 3 }),
    field("Expected_Revenue", "currency", READ_ONLY),
    field("Type", "picklist", { values: ["Existing Business", "New Business"] }),
    field("Lead_Source", "picklist", { values: LEAD_SOURCES }),
    field("Next_Step"),
    field("Pipeline", "picklist", { values: ["Standard (Standard)"] }),
    ...SYSTEM_FIELDS,
  ],
};

export const MODULES: Readonly<Record<ModuleName, ModuleDefinition>> = {
  Leads: LEADS,
  Contacts: CONTACTS,
  Accounts: ACCOUNTS,
  Deals: DEALS,
};

/** The module of an API name; case counts, as at Zoho. */
export function findModule(name: string): ModuleDefinition | null {
  const known = MODULE_NAMES.find((module) => module === name);
  return known === undefined ? null : MODULES[known];
}
