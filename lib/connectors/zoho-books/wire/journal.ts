import { z } from "zod";
import {
  wireCurrency,
  wireDate,
  wireDecimal,
  wireId,
  wireOptionalDecimal,
  wireOptionalId,
  wireText,
} from "@/lib/connectors/contract/wire-values";
import { zohoOptionalInstant, zohoOptionalPercent, zohoTags } from "./fields";

/** The journal of GET /journals/{id}. Its amounts are without the tax of their lines; `bcy_amount` is in base currency. */
const wireJournalLineSchema = z.object({
  line_id: wireOptionalId,
  account_id: wireOptionalId,
  description: wireText,
  debit_or_credit: z.enum(["debit", "credit"]),
  tax_id: wireOptionalId,
  tax_percentage: zohoOptionalPercent,
  reverse_charge_vat_id: wireOptionalId.optional(),
  acquisition_vat_id: wireOptionalId.optional(),
  amount: wireDecimal,
  bcy_amount: wireOptionalDecimal,
  tags: zohoTags,
});
export type WireJournalLine = z.output<typeof wireJournalLineSchema>;

export const wireJournalSchema = z.object({
  journal_id: wireId,
  entry_number: wireText,
  reference_number: wireText,
  notes: wireText,
  journal_date: wireDate,
  currency_code: wireCurrency,
  exchange_rate: wireOptionalDecimal,
  status: wireText,
  line_items: z.array(wireJournalLineSchema).min(1),
  line_item_total: wireOptionalDecimal,
  total: wireDecimal,
  tags: zohoTags,
  last_modified_time: zohoOptionalInstant,
});
export type WireJournal = z.output<typeof wireJournalSchema>;

/** What row and journal both tell where the row has what answers were seen with; Zoho's file leaves out status and time. */
export const journalRowSchema = z.object({
  journal_id: wireId,
  status: z.string().min(1),
  total: wireDecimal,
  last_modified_time: zohoOptionalInstant,
});
