import { z } from "zod";
import { RECORD_GROUPS, type RecordGroup } from "@/lib/domain/record-type";
import type { PostingRules } from "@/lib/domain/views/approval-view";
import type { FlowState } from "@/lib/domain/views/parallel-view";
import type { Role } from "@/lib/domain/workspace-access";

/** Who may do what around a preview, and what the actions take. */
interface Rule<Input> {
  readonly role: Role;
  readonly schema: z.ZodType<Input>;
}

/** Whoever may start a posting may say yes to one, as long as it is a second person. */
export const DECIDE_APPROVAL: Rule<{
  approvalId: string;
  decision: "approved" | "declined";
  note: string;
}> = {
  role: "bookkeeper",
  schema: z.object({
    approvalId: z.uuid(),
    decision: z.enum(["approved", "declined"]),
    note: z.string().max(500),
  }),
};

export const SET_POSTING_RULES: Rule<PostingRules> = {
  role: "admin",
  schema: z.object({
    perRecord: z.string().max(30),
    perRun: z.string().max(30),
    meanwhile: z.enum(["postTheRest", "waitForAll"]),
    taxFiledTo: z.string().max(10),
  }),
};

const groups = Object.keys(RECORD_GROUPS) as RecordGroup[];

export const SET_FLOW_STATE: Rule<{ group: RecordGroup; state: FlowState }> = {
  role: "admin",
  schema: z.object({ group: z.enum(groups), state: z.enum(["off", "previewOnly", "live", "paused"]) }),
};

export const CHANGE_PARALLEL: Rule<object> = { role: "admin", schema: z.object({}) };

/** Whoever may start a run must be able to stop it. */
export const CANCEL_RUN: Rule<{ runId: string }> = {
  role: "bookkeeper",
  schema: z.object({ runId: z.uuid() }),
};
