import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { sequentialIds } from "@/lib/kernel/ids";
import { err, ok } from "@/lib/kernel/result";
import { type ActionGate, runWorkspaceAction } from "./run-workspace-action";

const OURS: WorkspaceAccess = {
  workspaceId: "w1",
  slug: "ours",
  name: "Ours",
  userId: "u1",
  userName: "Ada",
  role: "bookkeeper",
};

function aGate(given: Partial<ActionGate> = {}) {
  const logged: unknown[] = [];
  const gate: ActionGate = {
    findUser: async () => ({ userId: "u1" }),
    findAccess: async (userId, slug) => (userId === "u1" && slug === "ours" ? OURS : null),
    outside: "Not from here.",
    logger: { error: (...parts: unknown[]) => void logged.push(parts) },
    ids: sequentialIds(),
    ...given,
  };
  return { gate, logged };
}

const schema = z.object({ name: z.string().min(1, "Give it a name.") });
const request = { slug: "ours", input: { name: "x" } };

/** An operation that counts how often it ran. */
function anOperation() {
  const calls: unknown[] = [];
  return {
    calls,
    run: async (access: WorkspaceAccess, input: { name: string }) => {
      calls.push({ access, input });
      return ok({ id: input.name });
    },
  };
}

describe("runWorkspaceAction", () => {
  it("runs the operation with the access of the session and the parsed input", async () => {
    const operation = anOperation();
    const answer = await runWorkspaceAction(
      aGate().gate,
      request,
      { role: "bookkeeper", schema },
      operation.run,
    );
    expect(answer).toEqual({ ok: true, data: { id: "x" } });
    expect(operation.calls).toEqual([{ access: OURS, input: { name: "x" } }]);
  });

  it("refuses somebody who is signed out", async () => {
    const operation = anOperation();
    const { gate } = aGate({ findUser: async () => null });
    const answer = await runWorkspaceAction(gate, request, { role: "readOnly", schema }, operation.run);
    expect(answer.ok).toBe(false);
    expect(operation.calls).toEqual([]);
  });

  it("refuses the wrong workspace", async () => {
    const operation = anOperation();
    const answer = await runWorkspaceAction(
      aGate().gate,
      { slug: "theirs", input: { name: "x" } },
      { role: "readOnly", schema },
      operation.run,
    );
    expect(answer.ok).toBe(false);
    expect(operation.calls).toEqual([]);
  });

  it("refuses a member who is at an address that the workspace is not open to", async () => {
    const operation = anOperation();
    const { gate } = aGate({ findAccess: async () => "outside" });
    const answer = await runWorkspaceAction(gate, request, { role: "readOnly", schema }, operation.run);
    expect(answer).toMatchObject({ ok: false, formError: "Not from here." });
    expect(operation.calls).toEqual([]);
  });

  it("refuses too low a role", async () => {
    const operation = anOperation();
    const answer = await runWorkspaceAction(aGate().gate, request, { role: "admin", schema }, operation.run);
    expect(answer.ok).toBe(false);
    expect(operation.calls).toEqual([]);
  });

  it("names the fields that do not parse and runs nothing", async () => {
    const operation = anOperation();
    const answer = await runWorkspaceAction(
      aGate().gate,
      { slug: "ours", input: { name: "" } },
      { role: "bookkeeper", schema },
      operation.run,
    );
    expect(answer).toMatchObject({ ok: false, fieldErrors: { name: "Give it a name." }, errorId: null });
    expect(operation.calls).toEqual([]);
  });

  it("passes an operation's refusal on in its own words", async () => {
    const answer = await runWorkspaceAction(aGate().gate, request, { role: "bookkeeper", schema }, async () =>
      err({ message: "Xero is not connected.", fieldErrors: { name: "Taken." } }),
    );
    expect(answer).toEqual({
      ok: false,
      fieldErrors: { name: "Taken." },
      formError: "Xero is not connected.",
      errorId: null,
    });
  });

  it("keeps an unexpected error's text on the server and gives its id", async () => {
    const { gate, logged } = aGate();
    const answer = await runWorkspaceAction(gate, request, { role: "bookkeeper", schema }, async () => {
      throw new Error("relation users does not exist");
    });
    expect(JSON.stringify(answer)).not.toContain("relation");
    expect(answer).toMatchObject({ ok: false, errorId: "00000000" });
    expect(logged).toHaveLength(1);
  });
});
