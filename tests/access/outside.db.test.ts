import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ROLES } from "@/lib/domain/workspace-access";
import { ADDRESS, type Callers, openCallers } from "./callers";
import { listActions, listPages, listRoutes } from "./workspace-tree";

/**
 * A workspace that is limited to network addresses: whoever is elsewhere, its owner too, gets to no page, action or route
 * of it, by the product's own exports over a real database; and nobody locks themselves out.
 */
const ELSEWHERE = "198.51.100.20";
const OUTSIDE =
  "This workspace is open from certain network addresses alone, and yours is none of them. Ask its owner.";
const OUTSIDE_PAGE = "app/(auth)/outside/[slug]/page.tsx";
const HELP = "app/(workspace)/[workspaceSlug]/help/page.tsx";

let callers: Callers;

const limit = async (lines: string, ownAddress = ADDRESS) => {
  const { limitAddresses } = await import("@/lib/operations/workspaces/limit-addresses");
  return limitAddresses(callers.owner, { lines, ownAddress });
};

const trailOf = async (action: string) => {
  const { getRuntime } = await import("@/lib/operations/runtime");
  const { database } = await getRuntime();
  return database.withWorkspace(callers.owner.workspaceId, (tx) =>
    tx.auditEvent.findMany({ where: { action }, orderBy: { sequence: "asc" } }),
  );
};

beforeAll(async () => {
  callers = await openCallers();
});

afterAll(() => callers.stop());

describe("setting the list", () => {
  it("is refused where it does not hold the address of who sets it, and nothing is changed", async () => {
    expect(await limit(ELSEWHERE)).toMatchObject({
      ok: false,
      error: { fieldErrors: { lines: expect.stringContaining(ADDRESS) } },
    });
    expect(await callers.openPage("owner", HELP, ELSEWHERE)).toBe("shown");
    expect(await trailOf("workspace.addressesSet")).toEqual([]);
  });

  it("is refused where a line is no address", async () => {
    expect((await limit(`${ADDRESS}\noffice`)).ok).toBe(false);
  });

  it("stands in the audit trail with what was there before", async () => {
    await limit(ADDRESS);
    expect(await limit("203.0.113.0/24")).toMatchObject({
      ok: true,
      value: { addresses: ["203.0.113.0/24"] },
    });
    expect(await trailOf("workspace.addressesSet")).toMatchObject([
      { before: { addresses: [] }, after: { addresses: [ADDRESS] } },
      { before: { addresses: [ADDRESS] }, after: { addresses: ["203.0.113.0/24"] } },
    ]);
  });
});

describe("while a workspace is limited, from elsewhere", () => {
  it.each(listActions().map(({ name, file }) => [name, file] as const))(
    "%s is refused to its owner",
    async (name, file) => {
      expect(await callers.runAction("owner", name, file, ELSEWHERE)).toMatchObject({ formError: OUTSIDE });
    },
  );

  it.each(listPages().map(({ name, file }) => [name, file] as const))(
    "%s leads its owner to a page that says so",
    async (_name, file) => {
      expect(await callers.openPage("owner", file, ELSEWHERE)).toBe(`to /outside/${callers.owner.slug}`);
    },
  );

  const LEADING_ON: Readonly<Record<string, string>> = {
    "GET /billing/return": "to /outside/[slug]",
    "GET /api/connect/[connector]/callback": "to /start",
  };
  it.each(listRoutes().map(({ name, file }) => [name, file] as const))(
    "%s is refused to its owner",
    async (name, file) => {
      const expected = (LEADING_ON[name] ?? "403").replace("[slug]", callers.owner.slug);
      expect(await callers.callRoute("owner", name, file, ELSEWHERE)).toBe(expected);
    },
  );

  it("somebody of another workspace does not learn that there is a limit, nor does a page say so to them", async () => {
    expect(await callers.openPage("stranger", HELP, ELSEWHERE)).toBe("404");
    expect(await callers.openPage("stranger", OUTSIDE_PAGE, ELSEWHERE)).toBe("404");
  });

  it("what a caller writes before the address that our own server saw is not believed", async () => {
    const forged = `${ADDRESS}, ${ELSEWHERE}`;
    expect(await callers.openPage("owner", HELP, forged)).toBe(`to /outside/${callers.owner.slug}`);
  });
});

describe("while a workspace is limited, from an address of the list", () => {
  it("every role comes in, and the page for who is outside leads on", async () => {
    for (const role of ROLES) {
      expect(await callers.openPage(role, HELP, "203.0.113.200")).toBe("shown");
      expect(await callers.openPage(role, OUTSIDE_PAGE, "203.0.113.200")).toBe(
        `to /${callers.owner.slug}/overview`,
      );
    }
  });
});

describe("the way back in", () => {
  it("who is outside sees whom to ask", async () => {
    const { findClosedWorkspace } = await import("@/lib/operations/workspaces/whom-to-ask");
    expect(await callers.openPage("readOnly", OUTSIDE_PAGE, ELSEWHERE)).toBe("shown");
    const { owner } = callers;
    expect(await findClosedWorkspace(owner.userId, owner.slug)).toMatchObject({ people: ["A admin"] });
  });

  it("the operator lifts the limit by slug and member, and the trail says so", async () => {
    const { openToAllAddresses } = await import("@/lib/operations/workspaces/limit-addresses");
    const { slug } = callers.owner;
    expect(await openToAllAddresses({ slug, memberEmail: "sandra@elsewhere.test" })).toBe(false);
    expect(await callers.openPage("owner", HELP, ELSEWHERE)).toBe(`to /outside/${slug}`);
    expect(await openToAllAddresses({ slug, memberEmail: "Owner@tidewatergifts.test" })).toBe(true);
    expect(await callers.openPage("owner", HELP, ELSEWHERE)).toBe("shown");
    expect(await trailOf("workspace.addressesOpened")).toMatchObject([
      { actorUserId: null, after: { addresses: [] } },
    ]);
  });
});
