import { z } from "zod";
import { zohoCurrency, zohoId, zohoInstant, zohoText } from "./fields";

/** A row of GET /contacts, and the contact of GET /contacts/{id} as far as both have the same fields. */
export const wireContactSchema = z.object({
  contact_id: zohoId,
  contact_name: z.string().trim().min(1),
  contact_type: z.enum(["customer", "vendor"]),
  status: zohoText,
  currency_code: z.preprocess((value) => (value === "" ? null : value), zohoCurrency.nullish()),
  first_name: zohoText,
  last_name: zohoText,
  email: zohoText,
  phone: zohoText,
  mobile: zohoText,
  last_modified_time: zohoInstant,
  /** On the single contact alone; its primary person's fields may stand here only. */
  contact_persons: z
    .array(
      z.object({
        is_primary_contact: z.boolean().nullish(),
        first_name: zohoText,
        last_name: zohoText,
        email: zohoText,
        phone: zohoText,
        mobile: zohoText,
      }),
    )
    .nullish(),
});
export type WireContact = z.output<typeof wireContactSchema>;

/** What paging needs of a row, also of one that is otherwise unreadable. */
export const contactRowSchema = z.object({ contact_id: zohoId, last_modified_time: zohoInstant });
