import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { mayEnter, type PageName, type RouteName } from "@/lib/domain/workspace-permissions";
import { noteSeen } from "@/lib/operations/people/note-seen";
import { requireUser } from "./current-user";
import { findAccess } from "./find-access";
import { PAGE_PATH_HEADER, returnPathIn } from "./return-path";

const enter = cache(async (userId: string, slug: string) => {
  const access = await findAccess(userId, slug);
  if (access && access !== "outside") await noteSeen(access);
  return access;
});

/**
 * The user's access to the workspace of a page's address, if their role is enough for the place by the table of
 * permissions. A workspace that is not theirs and one that is not there look the same: "not found". A member at an address
 * that the workspace is not open to is told so.
 */
export async function requireWorkspace(slug: string, place: PageName | RouteName): Promise<WorkspaceAccess> {
  const user = await requireUser(returnPathIn(slug, (await headers()).get(PAGE_PATH_HEADER)));
  const access = await enter(user.userId, slug);
  if (access === "outside") redirect(`/outside/${slug}`);
  if (!access || !mayEnter(access, place)) notFound();
  return access;
}
