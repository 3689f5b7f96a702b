import type { RecordType } from "@/lib/domain/record-type";
import type { ApprovalState, PlannedVerb } from "@/lib/domain/views/run-view";

/** What the list of a preview is narrowed to and put in order by: the choices in the page's address. */
export interface PreviewFilter {
  readonly recordType: RecordType | null;
  readonly verb: PlannedVerb | null;
  readonly approval: ApprovalState | null;
  readonly search: string | null;
  readonly sort: "plan" | "number" | "label" | "amount";
}
