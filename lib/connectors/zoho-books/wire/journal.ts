import { z } from "zod";
import {
  zohoCurrency,
  zohoDate,
  zohoDecimal,
  zohoId,
  zohoOptionalDecimal,
  zohoOptionalId,
  zohoOptionalInstant,
  zohoOptionalPercent,
  zohoTags,
  zohoText,
} from "./fields";

/** The journal of GET /journals/{id}. Its amounts are without the tax of their lines; `bcy_amount` is in base currency. */
const wireJournalLineSchema = z.object({
  line_id: zohoOptionalId,
  account_id: zohoOptionalId,
  description: zohoText,
  debit_or_credit: z.enum(["debit", "credit"]),
  tax_id: zohoOptionalId,
  tax_percentage: zohoOptionalPercent,
  reverse_charge_vat_id: zohoOptionalId.optional(),
  acquisition_vat_id: zohoOptionalId.optional(),
  amount: zohoDecimal,
  bcy_amount: zohoOptionalDecimal,
  tags: zohoTags,
});
export type WireJournalLine = z.output<typeof wireJournalLineSchema>;

export const wireJournalSchema = z.object({
  journal_id: zohoId,
  entry_number: zohoText,
  reference_number: zohoText,
  notes: zohoText,
  journal_date: zohoDate,
  currency_code: zohoCurrency,
  exchange_rate: zohoOptionalDecimal,
  status: zohoText,
  line_items: z.array(wireJournalLineSchema).min(1),
  line_item_total: zohoOptionalDecimal,
  total: zohoDecimal,
  tags: zohoTags,
  last_modified_time: zohoOptionalInstant,
});
export type WireJournal = z.output<typeof wireJournalSchema>;

/** What row and journal both tell where the row has what answers were seen with; Zoho's file leaves out status and time. */
export const journalRowSchema = z.object({
  journal_id: zohoId,
  status: z.string().min(1),
  total: zohoDecimal,
  last_modified_time: zohoOptionalInstant,
});
