/** What clients may send for a contact, its people and its addresses. Zoho's other fields are let pass. */
import { z } from "zod";
import { id, text } from "../input";
import { customFieldsBody } from "../settings/custom-fields";

/** Longest texts as Zoho's description has them. */
const EMAIL = text.max(100).regex(/^$|^[^\s@]+@[^\s@]+$/);

export const addressBody = z.object({
  attention: text.optional(),
  address: text.optional(),
  street2: text.optional(),
  state_code: text.optional(),
  city: text.optional(),
  state: text.optional(),
  zip: z.union([text, z.number()]).transform(String).optional(),
  country: text.optional(),
  fax: text.optional(),
  phone: text.optional(),
});
export type AddressBody = z.infer<typeof addressBody>;

export const personBody = z.object({
  contact_id: id.optional(),
  contact_person_id: id.optional(),
  salutation: text.max(25).optional(),
  first_name: text.max(100).optional(),
  last_name: text.max(100).optional(),
  email: EMAIL.optional(),
  phone: text.max(50).optional(),
  mobile: text.max(50).optional(),
  designation: text.max(50).optional(),
  department: text.max(50).optional(),
  skype: text.max(50).optional(),
  is_primary_contact: z.boolean().optional(),
  enable_portal: z.boolean().optional(),
});
export type PersonBody = z.infer<typeof personBody>;

/** Kept and given back as they came. */
const KEPT = {
  customer_sub_type: z.enum(["business", "individual"]),
  language_code: text,
  credit_limit: z.number(),
  pricebook_id: id,
  contact_number: text,
  ignore_auto_number_generation: z.boolean(),
  is_portal_enabled: z.boolean(),
  owner_id: id,
  is_taxable: z.boolean(),
  tax_id: id,
  tax_exemption_id: id,
  tax_exemption_code: text,
  tax_authority_id: id,
  tax_authority_name: text,
  place_of_contact: text,
  gst_no: text,
  gst_treatment: text,
  vat_treatment: text,
  vat_reg_no: text,
  tax_treatment: text,
  tax_regime: text,
  legal_name: text,
  is_tds_registered: z.boolean(),
  facebook: text,
  twitter: text,
  payment_terms_label: text,
} as const;

export const keptBody = z.object(KEPT).partial();
export type KeptBody = z.infer<typeof keptBody>;

export const contactBody = keptBody.extend({
  contact_name: text.optional(),
  company_name: text.max(200).optional(),
  contact_type: z.enum(["customer", "vendor"]).optional(),
  currency_id: id.optional(),
  payment_terms: z.number().int().optional(),
  website: text.optional(),
  notes: text.optional(),
  billing_address: addressBody.optional(),
  shipping_address: addressBody.optional(),
  contact_persons: z.array(personBody).optional(),
  custom_fields: customFieldsBody.optional(),
  tags: z.array(z.object({ tag_id: id, tag_option_id: id })).optional(),
});
export type ContactBody = z.infer<typeof contactBody>;
