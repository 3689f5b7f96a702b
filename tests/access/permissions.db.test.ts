import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasRole, type Role } from "@/lib/domain/workspace-access";
import { WORKSPACE_PERMISSIONS } from "@/lib/domain/workspace-permissions";
import { dumpWorkspace } from "../main-job/workspace-rows";
import { CALLERS, type Caller, type Callers, openCallers } from "./callers";
import { listActions, listPages, listRoutes } from "./workspace-tree";

/**
 * Each row of the table of permissions on the product's own export, with real sessions over a real database: by every
 * role, by the owner of another workspace, and by somebody who is signed out. Whoever is refused changes no row.
 */
const SIGNED_OUT = "You are signed out. Sign in again; nothing was changed.";
const NOT_THEIRS = "There is no such workspace, or it is not yours.";
const TOO_LOW = "Your role in this workspace does not allow that. Ask its owner.";
/** What an action says to input that it cannot read, which it looks at after the role. */
const NOT_VALID = "Something is missing or not valid.";

let callers: Callers;
let before: Awaited<ReturnType<typeof dumpWorkspace>>;

beforeAll(async () => {
  callers = await openCallers();
  before = await dumpWorkspace(callers.owner.workspaceId);
});

afterAll(() => callers.stop());

const isMember = (caller: Caller): caller is Role => caller !== "stranger" && caller !== "signedOut";
const isLetIn = (caller: Caller, least: Role) => isMember(caller) && hasRole({ role: caller }, least);
const refusedOf = (least: Role) => CALLERS.filter((caller) => !isLetIn(caller, least));
const letInOf = (least: Role) => CALLERS.filter((caller) => isLetIn(caller, least));

/** One answer for each caller. */
async function answersOf<T>(asked: readonly Caller[], ask: (caller: Caller) => Promise<T>) {
  const answers: (readonly [Caller, T])[] = [];
  for (const caller of asked) answers.push([caller, await ask(caller)]);
  return answers;
}

function leastOf(kind: keyof typeof WORKSPACE_PERMISSIONS, name: string): Role {
  const least: Role | undefined = new Map(Object.entries(WORKSPACE_PERMISSIONS[kind])).get(name);
  if (!least) throw new Error(`${name} has no row in the table`);
  return least;
}

const nothingChanged = async () => expect(await dumpWorkspace(callers.owner.workspaceId)).toEqual(before);

describe("actions", () => {
  const wordsFor = (caller: Caller, least: Role): string => {
    if (caller === "signedOut") return SIGNED_OUT;
    if (caller === "stranger") return NOT_THEIRS;
    return isLetIn(caller, least) ? NOT_VALID : TOO_LOW;
  };

  it.each(listActions().map(({ name, file }) => [name, file] as const))(
    "%s is refused below its role, from another workspace and signed out, and gets past the gate for everybody else",
    async (name, file) => {
      const answers = await answersOf(CALLERS, (caller) => callers.runAction(caller, name, file));
      expect(answers).toMatchObject(
        CALLERS.map((caller) => [
          caller,
          { ok: false, errorId: null, formError: wordsFor(caller, leastOf("actions", name)) },
        ]),
      );
      await nothingChanged();
    },
  );
});

describe("pages", () => {
  it.each(listPages().map(({ name, file }) => [name, file] as const))(
    "%s is not there below its role and from another workspace, and sends who is signed out to sign in",
    async (name, file) => {
      const refused = refusedOf(leastOf("pages", name));
      expect(await answersOf(refused, (caller) => callers.openPage(caller, file))).toEqual(
        refused.map((caller) => [caller, caller === "signedOut" ? "to /sign-in" : "404"]),
      );
      await nothingChanged();
    },
  );

  const closer = listPages().filter(({ name }) => leastOf("pages", name) !== "readOnly");
  it.each(closer.map(({ name, file }) => [name, file] as const))(
    "%s is shown to its role and those above",
    async (name, file) => {
      const letIn = letInOf(leastOf("pages", name));
      expect(await answersOf(letIn, (caller) => callers.openPage(caller, file))).toEqual(
        letIn.map((caller) => [caller, "shown"]),
      );
    },
  );

  it("and the frame around them is not there for who is of another workspace or signed out", async () => {
    const frame = "app/(workspace)/[workspaceSlug]/layout.tsx";
    expect([await callers.openPage("stranger", frame), await callers.openPage("signedOut", frame)]).toEqual([
      "404",
      "to /sign-in",
    ]);
  });
});

describe("routes", () => {
  /** Where a route answers otherwise than with 401, 404 and 403: it leads on, or does not let a role know what is there. */
  const OTHERWISE: Readonly<Record<string, { signedOut?: string; stranger?: string; tooLow?: string }>> = {
    "GET /audit/export": { tooLow: "404" },
    "GET /privacy/export": { tooLow: "404" },
    "GET /privacy/person": { tooLow: "404" },
    "GET /billing/return": { signedOut: "to /sign-in" },
    "GET /api/connect/[connector]/start": { signedOut: "to /sign-in" },
    "GET /api/connect/[connector]/callback": {
      signedOut: "to /sign-in",
      stranger: "to /start",
      tooLow: "to /start",
    },
  };
  const outcomeFor = (caller: Caller, name: string): string | undefined => {
    const outcomes = { signedOut: "401", stranger: "404", tooLow: "403", ...OTHERWISE[name] };
    return outcomes[isMember(caller) ? "tooLow" : caller];
  };

  it.each(listRoutes().map(({ name, file }) => [name, file] as const))(
    "%s is refused below its role, from another workspace and signed out",
    async (name, file) => {
      const refused = refusedOf(leastOf("routes", name));
      expect(await answersOf(refused, (caller) => callers.callRoute(caller, name, file))).toEqual(
        refused.map((caller) => [caller, outcomeFor(caller, name)]),
      );
      await nothingChanged();
    },
  );

  it.each([
    ["GET /audit/export", "200"],
    ["POST /matches/import", "200"],
    ["GET /api/connect/[connector]/start", "to /identity/connect/authorize"],
    ["GET /api/connect/[connector]/callback", "to /[workspaceSlug]/connections"],
  ])("%s lets its role and those above in", async (name, expected) => {
    const file = listRoutes().find((entry) => entry.name === name)?.file ?? "";
    const letIn = letInOf(leastOf("routes", name));
    expect(await answersOf(letIn, (caller) => callers.callRoute(caller, name, file))).toEqual(
      letIn.map((caller) => [caller, expected.replace("[workspaceSlug]", callers.owner.slug)]),
    );
  });
});
