import { z } from "zod";
import { RECORD_GROUPS, type RecordGroup } from "@/lib/domain/record-type";
import type { PostingRules } from "@/lib/domain/views/approval-view";
import type { FlowState } from "@/lib/domain/views/parallel-view";

/** What the actions around a preview take. */
export const decideApprovalSchema: z.ZodType<{
  approvalId: string;
  decision: "approved" | "declined";
  note: string;
}> = z.object({
  approvalId: z.uuid(),
  decision: z.enum(["approved", "declined"]),
  note: z.string().max(500),
});

export const setPostingRulesSchema: z.ZodType<PostingRules> = z.object({
  perRecord: z.string().max(30),
  perRun: z.string().max(30),
  meanwhile: z.enum(["postTheRest", "waitForAll"]),
  taxFiledTo: z.string().max(10),
});

const groups = Object.keys(RECORD_GROUPS) as RecordGroup[];

export const setFlowStateSchema: z.ZodType<{ group: RecordGroup; state: FlowState }> = z.object({
  group: z.enum(groups),
  state: z.enum(["off", "previewOnly", "live", "paused"]),
});

export const changeParallelSchema: z.ZodType<object> = z.object({});

export const cancelRunSchema: z.ZodType<{ runId: string }> = z.object({ runId: z.uuid() });
