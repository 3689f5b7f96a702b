import { describe, expect, it } from "vitest";
import { runWorkspaceAction } from "@/app/_access/run-workspace-action";
import type { Role, WorkspaceAccess } from "@/lib/domain/workspace-access";
import { WORKSPACE_PERMISSIONS } from "@/lib/domain/workspace-permissions";
import { sequentialIds } from "@/lib/kernel/ids";
import { ok } from "@/lib/kernel/result";
import { createWebhookSchema } from "../connections/schema";
import { pausePostingSchema, setScheduleSchema } from "./schema";

const LEAST = WORKSPACE_PERMISSIONS.actions;
const CREATE_WEBHOOK = { role: LEAST["connections/createWebhookAction"], schema: createWebhookSchema };
const PAUSE_POSTING = { role: LEAST["schedules/pausePostingAction"], schema: pausePostingSchema };
const SET_SCHEDULE = { role: LEAST["schedules/setScheduleAction"], schema: setScheduleSchema };

const CONNECTION = "00000000-0000-4000-8000-000000000001";

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
  const answer = await runWorkspaceAction<Input, null>(gate, { slug: "ours", input }, rule, async () => {
    ran = true;
    return ok(null);
  });
  expect(answer.ok).toBe(ran);
  return ran;
}

describe("who may change when Tieout works by itself", () => {
  it("an administrator chooses the schedule, nobody below and nobody from another workspace", async () => {
    const input = { mode: "dailyAt", hour: 6 };
    expect(await runs(SET_SCHEDULE, input, "admin")).toBe(true);
    for (const role of ["bookkeeper", "readOnly", null] as const)
      expect(await runs(SET_SCHEDULE, input, role)).toBe(false);
  });

  it("a bookkeeper pauses and resumes, nobody below and nobody from another workspace", async () => {
    expect(await runs(PAUSE_POSTING, {}, "bookkeeper")).toBe(true);
    for (const role of ["readOnly", null] as const) expect(await runs(PAUSE_POSTING, {}, role)).toBe(false);
  });

  it("an administrator makes a webhook's secret, nobody below and nobody from another workspace", async () => {
    const input = { connectionId: CONNECTION };
    expect(await runs(CREATE_WEBHOOK, input, "admin")).toBe(true);
    for (const role of ["bookkeeper", "readOnly", null] as const)
      expect(await runs(CREATE_WEBHOOK, input, role)).toBe(false);
  });

  it("takes no hour that a day does not have, and no mode that there is not", async () => {
    for (const input of [{ mode: "dailyAt", hour: 24 }, { mode: "dailyAt" }, { mode: "weekly" }, null])
      expect(await runs(SET_SCHEDULE, input, "owner")).toBe(false);
  });
});
