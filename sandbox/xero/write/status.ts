/**
 * Which status a document may take next. PAID and zero balances are the system's own doing, so nobody can
 * ask for PAID; what is voided or deleted stays so.
 */
import { err, ok, type Result } from "@/lib/kernel/result";
import type { DocumentStatus } from "../records";

const NEXT: Readonly<Record<DocumentStatus | "NEW", readonly DocumentStatus[]>> = {
  NEW: ["DRAFT", "SUBMITTED", "AUTHORISED"],
  DRAFT: ["DRAFT", "SUBMITTED", "AUTHORISED", "DELETED"],
  SUBMITTED: ["DRAFT", "SUBMITTED", "AUTHORISED", "DELETED"],
  AUTHORISED: ["AUTHORISED", "VOIDED"],
  PAID: ["PAID"],
  VOIDED: [],
  DELETED: [],
};

/** The status after a write that asks for `asked` (nothing asked: the present one, DRAFT when new). */
export function nextStatus(
  present: DocumentStatus | null,
  asked: string | null | undefined,
  noun: string,
): Result<DocumentStatus, string> {
  const allowed = NEXT[present ?? "NEW"];
  if (allowed.length === 0) return err(`${noun} not of valid status for modification`);
  const wanted = asked ? asked.toUpperCase() : (present ?? "DRAFT");
  const found = allowed.find((status) => status === wanted);
  if (found !== undefined) return ok(found);
  return err(
    present === null
      ? `${noun} status '${wanted}' is not valid for a new document.`
      : `${noun} status cannot be changed from ${present} to ${wanted}.`,
  );
}

export function isApproved(status: DocumentStatus): boolean {
  return status === "AUTHORISED" || status === "PAID";
}
