import { z } from "zod";
import { wireCurrency, wireId, wireText } from "@/lib/connectors/contract/wire-values";
import { zohoInstant } from "./fields";

/** A row of GET /contacts, and the contact of GET /contacts/{id} as far as both have the same fields. */
export const wireContactSchema = z.object({
  contact_id: wireId,
  contact_name: z.string().trim().min(1),
  contact_type: z.enum(["customer", "vendor"]),
  status: wireText,
  currency_code: z.preprocess((value) => (value === "" ? null : value), wireCurrency.nullish()),
  first_name: wireText,
  last_name: wireText,
  email: wireText,
  phone: wireText,
  mobile: wireText,
  last_modified_time: zohoInstant,
  /** On the single contact alone; its primary person's fields may stand here only. */
  contact_persons: z
    .array(
      z.object({
        is_primary_contact: z.boolean().nullish(),
        first_name: wireText,
        last_name: wireText,
        email: wireText,
        phone: wireText,
        mobile: wireText,
      }),
    )
    .nullish(),
});
export type WireContact = z.output<typeof wireContactSchema>;

/** What paging needs of a row, also of one that is otherwise unreadable. */
export const contactRowSchema = z.object({ contact_id: wireId, last_modified_time: zohoInstant });
