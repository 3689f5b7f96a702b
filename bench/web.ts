import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { hashSessionToken } from "@/lib/auth/session-token";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { closeRuntime, getRuntime } from "@/lib/operations/runtime";
import { buildWeb } from "@/scripts/build-web";
import { confirmSuggestions, connect, signUp, syncOnce } from "@/scripts/main-job/owner";
import { seedSandbox } from "@/scripts/main-job/sandbox-control";
import { endProcess, HEAP_LIMIT, startStack } from "@/scripts/stack";
import { startWorker } from "@/scripts/worker-process";
import type { SignedIn } from "./signed-in";
import { measurePages } from "./web-browser";
import { measureLists } from "./web-lists";
import { seedRecords } from "./web-seed";

/**
 * The pages of a workspace of very many records, on the production build: how soon the server has answered each list, in
 * each order and under each filter, and what a browser loads and draws. The demo company is synced once by the product
 * itself and then copied in the database, so that rows have the shape that the product writes.
 */
const LIMIT_SPEED = 3_600;
const WEB_TIMEOUT_MS = 60_000;
const WEB_GRACE_MS = 5_000;
const ROOT = fileURLToPath(new URL("..", import.meta.url));

export async function benchWeb({ records, say }: { records: number; say: (line: string) => void }) {
  await buildWeb(say);
  const dir = await mkdtemp(join(tmpdir(), "tieout-bench-web-"));
  const stack = await startStack({ dir, limitSpeed: LIMIT_SPEED, durable: false, settleMs: 500, say });
  Object.assign(process.env, stack.env);
  let web: ChildProcess | null = null;
  try {
    const access = await syncDemoCompany(stack);
    say(`Copying it to ${records.toLocaleString("en-GB")} records`);
    await seedRecords({
      appUrl: stack.env.DATABASE_URL ?? "",
      ownerUrl: stack.ownerUrl,
      workspaceId: access.workspaceId,
      records,
      say,
    });
    const cookie = await signIn(access);
    web = await startWeb(stack.env, Number(new URL(stack.env.APP_ORIGIN ?? "").port));
    const signedIn = { origin: stack.env.APP_ORIGIN ?? "", slug: access.slug, cookie };
    say("The lists");
    const lists = await measureLists(access, signedIn, say);
    say("What a browser loads and draws");
    return { records, lists, ...(await measurePages(signedIn, say)) };
  } finally {
    await closeRuntime();
    if (web) await endProcess(web, "SIGTERM", WEB_GRACE_MS);
    await stack.stop();
    await rm(dir, { recursive: true, force: true });
  }
}

async function syncDemoCompany(stack: Awaited<ReturnType<typeof startStack>>): Promise<WorkspaceAccess> {
  const worker = await startWorker(stack.env);
  try {
    await stack.startRunner(worker.appUrl);
    await seedSandbox(stack.sandbox.origin, { kind: "demo-company" });
    const access = await signUp("bench@tidewatergifts.test");
    await connect(access, "xero", "global");
    await connect(access, "zoho-books", stack.sandbox.zoho.dataCentre);
    await confirmSuggestions(access);
    await syncOnce(access);
    return access;
  } finally {
    await worker.stop();
  }
}

/** A session as signing in makes one; over http its cookie bears this name. */
async function signIn(access: WorkspaceAccess): Promise<SignedIn["cookie"]> {
  const { database, clock } = await getRuntime();
  const value = randomBytes(32).toString("base64url");
  await database.withoutWorkspace((tx) =>
    tx.session.create({
      data: {
        sessionTokenHash: hashSessionToken(value),
        userId: access.userId,
        expires: new Date(clock.now().getTime() + 86_400_000),
      },
    }),
  );
  return { name: "tieout-session", value };
}

async function startWeb(env: Readonly<Record<string, string>>, port: number): Promise<ChildProcess> {
  const child = spawn(
    process.execPath,
    [HEAP_LIMIT, "node_modules/next/dist/bin/next", "start", "-p", String(port), "-H", "localhost"],
    { cwd: ROOT, stdio: ["ignore", "ignore", "inherit"], env: { ...process.env, ...env } },
  );
  const until = performance.now() + WEB_TIMEOUT_MS;
  while (performance.now() < until && child.exitCode === null) {
    const answer = await fetch(`http://localhost:${port}/api/health`).catch(() => null);
    if (answer?.ok) return child;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  await endProcess(child, "SIGKILL");
  throw new Error("the web app did not start");
}
