import { z } from "zod";

/**
 * Above which amounts a second person has to agree before anything is posted: in the ledger's base currency, as text in
 * minor units. A limit of null asks for nothing.
 */
const minorSchema = z
  .string()
  .regex(/^\d{1,18}$/)
  .transform((text) => BigInt(text));

export const approvalPolicySchema = z.object({
  currency: z.string().regex(/^[A-Z]{3}$/),
  /** A document, payment or order above it waits. */
  perRecordMinor: minorSchema.nullable(),
  /** A run whose records add up to more waits as a whole. */
  perRunMinor: minorSchema.nullable(),
  /** What becomes of the rest of a run in which records wait. */
  meanwhile: z.enum(["postTheRest", "waitForAll"]),
});
export type ApprovalPolicy = z.output<typeof approvalPolicySchema>;
