import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { WORKSPACE_PERMISSIONS } from "@/lib/domain/workspace-permissions";
import { type Entry, listActions, listPages, listRoutes, listServerFiles } from "./workspace-tree";

/** Nothing of a workspace can be reached without a row in the table of permissions, and each thing asks for its own row. */
const kinds: readonly (readonly [keyof typeof WORKSPACE_PERMISSIONS, readonly Entry[]])[] = [
  ["pages", listPages()],
  ["actions", listActions()],
  ["routes", listRoutes()],
];

describe.each(kinds)("the %s of a workspace", (kind, entries) => {
  it("all stand in the table, and nothing else does", () => {
    expect(entries.length).toBeGreaterThan(10);
    expect(entries.map(({ name }) => name).sort()).toEqual(Object.keys(WORKSPACE_PERMISSIONS[kind]).sort());
  });

  it("each ask their gate for their own row and no other", () => {
    expect(entries.filter(({ name, asks }) => asks.length === 0 || asks.some((row) => row !== name))).toEqual(
      [],
    );
  });
});

it("every door in app/ asks the one function that knows the limit on addresses, and none reads a workspace beside it", () => {
  const readers = readdirSync("app", { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file))
    .filter((file) => readFileSync(path.join("app", file), "utf8").includes("workspaces/get-workspace"));
  expect(readers).toEqual(["_access/find-access.ts"]);
});

it("no other file makes an endpoint of a function, but for a form that hands on to an action of the table", () => {
  const actionFiles = new Set(listActions().map(({ file }) => file));
  const others = listServerFiles().filter((file) => !actionFiles.has(file));
  expect(others).toEqual(["app/(workspace)/[workspaceSlug]/billing/page.tsx"]);
  const bodies = others.flatMap((file) =>
    readFileSync(file, "utf8")
      .split(/"use server";\n/)
      .slice(1),
  );
  expect(bodies.map((body) => body.trim().split("\n")[0])).toEqual([
    "return startPlanAction(slug, { pairs });",
  ]);
});
