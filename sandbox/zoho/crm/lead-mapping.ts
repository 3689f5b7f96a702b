/**
 * Which field of an account and of a contact a lead's field becomes when the lead is converted, as a new
 * organisation has it. Conversion copies by it, and the fields of Leads tell it as `convert_mapping`.
 * https://www.zoho.com/crm/developer/docs/api/v8/field-meta.html (checked 2026-11-21)
 */

type Mapping = Readonly<Record<string, string>>;

/** Field of the lead to field of the record that it becomes; a deal takes nothing from a lead. */
export const LEAD_MAPPING: { readonly Accounts: Mapping; readonly Contacts: Mapping } = {
  Accounts: {
    ...{ Company: "Account_Name", Phone: "Phone", Website: "Website", Industry: "Industry" },
    ...{ No_of_Employees: "Employees", Annual_Revenue: "Annual_Revenue" },
    ...{ Street: "Billing_Street", City: "Billing_City", State: "Billing_State" },
    ...{ Zip_Code: "Billing_Code", Country: "Billing_Country" },
  },
  Contacts: {
    ...{ First_Name: "First_Name", Last_Name: "Last_Name", Designation: "Title" },
    ...{ Email: "Email", Secondary_Email: "Secondary_Email", Phone: "Phone" },
    ...{ Mobile: "Mobile", Lead_Source: "Lead_Source", Description: "Description" },
    ...{ Street: "Mailing_Street", City: "Mailing_City", State: "Mailing_State" },
    ...{ Zip_Code: "Mailing_Zip", Country: "Mailing_Country" },
  },
};
