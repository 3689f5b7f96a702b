import type { BadgeTone } from "@/components/ui/badge";
import type { ApprovalState } from "@/lib/domain/views/run-view";

export const APPROVALS = ["waiting", "approved", "declined"] as const satisfies readonly ApprovalState[];

export const APPROVAL_WORDS: Readonly<
  Record<ApprovalState, { readonly label: string; readonly tone: BadgeTone }>
> = {
  waiting: { label: "Waits for approval", tone: "warning" },
  approved: { label: "Approved", tone: "success" },
  declined: { label: "Not approved", tone: "destructive" },
};
