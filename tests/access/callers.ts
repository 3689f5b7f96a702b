import path from "node:path";
import { ROLES, type Role, type WorkspaceAccess } from "@/lib/domain/workspace-access";
import { addColleague } from "../main-job/colleagues";
import { startBareProduct } from "../setup/bare-product";
import { insideRequest } from "../setup/next-request";

/**
 * One workspace with somebody of every role, the owner of another one and somebody who is signed out, each with a browser
 * of their own, and the product's own pages, actions and routes as those browsers reach them.
 */
const ORIGIN = "http://localhost:3999";
const ID = "00000000-0000-4000-8000-000000000001";

export type Caller = Role | "stranger" | "signedOut";
export const CALLERS: readonly Caller[] = [...ROLES, "stranger", "signedOut"];

export interface Callers {
  readonly owner: WorkspaceAccess;
  /** What an action answers to input that it cannot read. */
  runAction(caller: Caller, name: string, file: string, from?: string): Promise<unknown>;
  /** How each went, without what it says: "404", "to /sign-in", "200", "shown". */
  openPage(caller: Caller, file: string, from?: string): Promise<string>;
  callRoute(caller: Caller, name: string, file: string, from?: string): Promise<string>;
  stop(): Promise<void>;
}

/** Network addresses of the requests where a test names none. */
export const ADDRESS = "203.0.113.7";

export async function openCallers(): Promise<Callers> {
  const product = await startBareProduct();
  const owner = await openWorkspace("owner@tidewatergifts.test");
  const people = new Map<Caller, WorkspaceAccess>([["owner", owner]]);
  people.set("stranger", await openWorkspace("sandra@elsewhere.test"));
  for (const role of ["admin", "bookkeeper", "readOnly"] as const)
    people.set(role, await addColleague(owner, `A ${role}`, role));
  const { noteSeen } = await import("@/lib/operations/people/note-seen");
  const cookies = new Map<Caller, string>();
  for (const [caller, access] of people) {
    cookies.set(caller, await signIn(access.userId));
    await noteSeen(access);
  }
  const requestOf = (
    caller: Caller,
    address: string,
    { method = "GET", more = "", from = ADDRESS }: { method?: string; more?: string; from?: string },
  ) =>
    new Request(`${ORIGIN}${address}`, {
      method,
      headers: {
        cookie: [cookies.get(caller), more].filter(Boolean).join("; "),
        "sec-fetch-site": "same-origin",
        "x-forwarded-for": from,
      },
    });
  return {
    owner,
    async runAction(caller, name, file, from) {
      const action = await exportOf(file, path.posix.basename(name));
      const request = requestOf(caller, `/${owner.slug}/overview`, { method: "POST", from });
      return insideRequest(request, () => action(owner.slug, null));
    },
    async openPage(caller, file, from) {
      const page = await exportOf(file, "default");
      const ids = {
        runId: ID,
        exceptionId: ID,
        groupKey: "0".repeat(32),
        recordType: "invoice",
        externalId: "1",
      };
      const params = {
        workspaceSlug: owner.slug,
        slug: owner.slug,
        month: "2026-07",
        kind: "timeout",
        ...ids,
      };
      const props = { params: Promise.resolve(params), searchParams: Promise.resolve({}) };
      const request = requestOf(caller, `/${owner.slug}`, { from });
      return outcomeOf(() => insideRequest(request, () => page(props)));
    },
    async callRoute(caller, name, file, from) {
      const [method = "", place = ""] = name.split(" ");
      const handle = await exportOf(file, method);
      const params = { workspaceSlug: owner.slug, slug: owner.slug, runId: ID, connector: "xero" };
      const address = `${place}?workspace=${owner.slug}&region=global&q=1`;
      const request = requestOf(caller, address, { method, more: await beginConsent(owner), from });
      return outcomeOf(() =>
        insideRequest(request, (own) => handle(own, { params: Promise.resolve(params) })),
      );
    },
    stop: () => product.stop(),
  };
}

async function openWorkspace(email: string): Promise<WorkspaceAccess> {
  const [{ getRuntime }, { createWorkspace }, { getWorkspace }] = await Promise.all([
    import("@/lib/operations/runtime"),
    import("@/lib/operations/workspaces/create-workspace"),
    import("@/lib/operations/workspaces/get-workspace"),
  ]);
  const { database } = await getRuntime();
  const user = await database.withoutWorkspace((tx) => tx.user.create({ data: { email, name: email } }));
  const { slug } = await createWorkspace({ userId: user.id, name: email.split("@")[0] ?? "" });
  const access = await getWorkspace(user.id, slug);
  if (!access) throw new Error("who makes a workspace is in it");
  return access;
}

async function signIn(userId: string): Promise<string> {
  const [{ getRuntime }, { openSession }, { sessionCookieName }] = await Promise.all([
    import("@/lib/operations/runtime"),
    import("@/lib/auth/sessions"),
    import("@/lib/auth/session-token"),
  ]);
  const { database, clock } = await getRuntime();
  const { token } = await database.withoutWorkspace((tx) =>
    openSession(tx, { userId, device: "", way: "mail", now: clock.now() }),
  );
  return `${sessionCookieName(ORIGIN)}=${token}`;
}

/** The cookie of a browser that has begun a consent for the workspace. */
async function beginConsent(access: WorkspaceAccess): Promise<string> {
  const { startConnection } = await import("@/lib/operations/connections/start-connection");
  const { stateCookie } = await startConnection(access, { connectorId: "xero", region: "global" });
  return `${stateCookie.name}=${stateCookie.value}`;
}

async function exportOf(file: string, name: string) {
  const loaded: Readonly<Record<string, unknown>> = await import(/* @vite-ignore */ path.resolve(file));
  const found = loaded[name];
  if (typeof found !== "function") throw new Error(`${file} has no ${name}`);
  return found as (...parts: unknown[]) => Promise<unknown>;
}

async function outcomeOf(work: () => Promise<unknown>): Promise<string> {
  const [
    { isHTTPAccessFallbackError, getAccessFallbackHTTPStatus },
    { isRedirectError },
    { getURLFromRedirectError },
  ] = await Promise.all([
    import("next/dist/client/components/http-access-fallback/http-access-fallback"),
    import("next/dist/client/components/redirect-error"),
    import("next/dist/client/components/redirect"),
  ]);
  const toPath = (address: string) => `to ${new URL(address, ORIGIN).pathname}`;
  try {
    const answer = await work();
    if (!(answer instanceof Response)) return "shown";
    await answer.body?.cancel();
    const location = answer.headers.get("location");
    return location === null ? String(answer.status) : toPath(location);
  } catch (thrown) {
    if (isRedirectError(thrown)) return toPath(getURLFromRedirectError(thrown));
    if (isHTTPAccessFallbackError(thrown)) return String(getAccessFallbackHTTPStatus(thrown));
    throw thrown;
  }
}
