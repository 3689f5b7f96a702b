import { describe, expect, it } from "vitest";
import { runWorkspaceAction } from "@/app/_access/run-workspace-action";
import type { Role, WorkspaceAccess } from "@/lib/domain/workspace-access";
import { WORKSPACE_PERMISSIONS } from "@/lib/domain/workspace-permissions";
import { sequentialIds } from "@/lib/kernel/ids";
import { ok } from "@/lib/kernel/result";
import {
  cancelRunSchema,
  changeParallelSchema,
  decideApprovalSchema,
  setFlowStateSchema,
  setPostingRulesSchema,
} from "./schema";

const LEAST = WORKSPACE_PERMISSIONS.actions;
const CANCEL_RUN = { role: LEAST["preview/cancelRunAction"], schema: cancelRunSchema };
const CHANGE_PARALLEL = { role: LEAST["preview/goLiveAction"], schema: changeParallelSchema };
const DECIDE_APPROVAL = { role: LEAST["preview/decideApprovalAction"], schema: decideApprovalSchema };
const SET_FLOW_STATE = { role: LEAST["preview/setFlowStateAction"], schema: setFlowStateSchema };
const SET_POSTING_RULES = { role: LEAST["preview/setPostingRulesAction"], schema: setPostingRulesSchema };

const ID = "00000000-0000-4000-8000-000000000001";

/** Whether the operation ran for a person of that role; null: the workspace is not theirs. */
async function runs<Input>(
  rule: Parameters<typeof runWorkspaceAction<Input, null>>[2],
  input: unknown,
  role: Role | null,
): Promise<boolean> {
  const access: WorkspaceAccess = {
    ...{ workspaceId: "w1", slug: "ours", name: "Ours", userId: "u1", userName: "Ada" },
    role: role ?? "owner",
  };
  let ran = false;
  const gate = {
    findUser: async () => ({ userId: "u1" }),
    findAccess: async () => (role === null ? null : access),
    outside: "",
    logger: { error: () => undefined },
    ids: sequentialIds(),
  };
  await runWorkspaceAction<Input, null>(gate, { slug: "ours", input }, rule, async () => {
    ran = true;
    return ok(null);
  });
  return ran;
}

describe("who may do what around a preview", () => {
  it("a bookkeeper stops a run and decides on a request, nobody below and nobody from another workspace", async () => {
    const decision = { approvalId: ID, decision: "approved", note: "" };
    expect(await runs(CANCEL_RUN, { runId: ID }, "bookkeeper")).toBe(true);
    expect(await runs(DECIDE_APPROVAL, decision, "bookkeeper")).toBe(true);
    for (const role of ["readOnly", null] as const) {
      expect(await runs(CANCEL_RUN, { runId: ID }, role)).toBe(false);
      expect(await runs(DECIDE_APPROVAL, decision, role)).toBe(false);
    }
  });

  it("an administrator sets rules, flows and a parallel run, nobody below and nobody from another workspace", async () => {
    const rules = { perRecord: "500", perRun: "", meanwhile: "postTheRest", taxFiledTo: "" };
    const flow = { group: "sales", state: "previewOnly" };
    expect(await runs(SET_POSTING_RULES, rules, "admin")).toBe(true);
    expect(await runs(SET_FLOW_STATE, flow, "admin")).toBe(true);
    expect(await runs(CHANGE_PARALLEL, {}, "admin")).toBe(true);
    for (const role of ["bookkeeper", "readOnly", null] as const) {
      expect(await runs(SET_POSTING_RULES, rules, role)).toBe(false);
      expect(await runs(SET_FLOW_STATE, flow, role)).toBe(false);
      expect(await runs(CHANGE_PARALLEL, {}, role)).toBe(false);
    }
  });

  it("takes no decision, state or group that there is not", async () => {
    expect(await runs(DECIDE_APPROVAL, { approvalId: ID, decision: "maybe", note: "" }, "owner")).toBe(false);
    expect(await runs(SET_FLOW_STATE, { group: "everything", state: "live" }, "owner")).toBe(false);
    expect(await runs(SET_FLOW_STATE, { group: "sales", state: "sometimes" }, "owner")).toBe(false);
  });
});
