import { expect, it } from "vitest";
import { z } from "zod";
import { sequentialIds } from "@/lib/kernel/ids";
import { err, ok } from "@/lib/kernel/result";
import { runUserAction, type UserGate } from "./run-user-action";

const schema = z.object({ code: z.string().min(1) });
const aGate = (given: Partial<UserGate<{ userId: string }>> = {}): UserGate<{ userId: string }> => ({
  findUser: async () => ({ userId: "u1" }),
  logger: { error: () => undefined },
  ids: sequentialIds(),
  ...given,
});

it("runs the operation for the person of the session", async () => {
  const answer = await runUserAction(aGate(), schema, { code: "1" }, async (user, input) =>
    ok([user, input]),
  );
  expect(answer).toEqual({ ok: true, data: [{ userId: "u1" }, { code: "1" }] });
});

it("refuses somebody who is signed out, and input that is not valid, before the operation", async () => {
  let runs = 0;
  const run = async () => {
    runs += 1;
    return ok(null);
  };
  const signedOut = await runUserAction(aGate({ findUser: async () => null }), schema, { code: "1" }, run);
  const invalid = await runUserAction(aGate(), schema, { code: "" }, run);
  expect([signedOut.ok, invalid.ok, runs]).toEqual([false, false, 0]);
});

it("passes a refusal on in its own words, and of a fault only a reference", async () => {
  const refused = await runUserAction(aGate(), schema, { code: "1" }, async () =>
    err({ message: "Not now." }),
  );
  expect(refused).toMatchObject({ ok: false, formError: "Not now.", errorId: null });
  const broken = await runUserAction(aGate(), schema, { code: "1" }, async () => {
    throw new Error("secret");
  });
  expect(broken).toMatchObject({ ok: false, errorId: "00000000" });
  expect(JSON.stringify(broken)).not.toContain("secret");
});
