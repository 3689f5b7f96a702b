import type { RunView } from "@/lib/domain/views/run-view";
import type { DocumentStatusChoice, SetupQuestion } from "@/lib/domain/views/setup-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { invariant } from "@/lib/kernel/invariant";
import { chooseTenant } from "@/lib/operations/connections/choose-tenant";
import { finishConnection } from "@/lib/operations/connections/finish-connection";
import { startConnection } from "@/lib/operations/connections/start-connection";
import { getRun } from "@/lib/operations/runs/get-run";
import { startPosting } from "@/lib/operations/runs/start-posting";
import { startPreview } from "@/lib/operations/runs/start-preview";
import { getRuntime } from "@/lib/operations/runtime";
import { confirmSetup } from "@/lib/operations/setup/confirm-setup";
import { getSetup } from "@/lib/operations/setup/get-setup";
import { createWorkspace } from "@/lib/operations/workspaces/create-workspace";
import { getWorkspace } from "@/lib/operations/workspaces/get-workspace";
import { giveConsent } from "./give-consent";

/** What an owner does in the browser, done by the same operations without one. */

export async function signUp(email: string): Promise<WorkspaceAccess> {
  const { database } = await getRuntime();
  const user = await database.withoutWorkspace((tx) =>
    tx.user.create({ data: { email, name: "Olivia Shaw" } }),
  );
  const { slug } = await createWorkspace({ userId: user.id, name: "Tidewater Gifts" });
  const access = await getWorkspace(user.id, slug);
  invariant(access, "a new workspace can be opened by its owner");
  return access;
}

export async function connect(access: WorkspaceAccess, connectorId: string, region: string): Promise<void> {
  const { redirectUrl, stateCookie } = await startConnection(access, { connectorId, region });
  const callback = await giveConsent(redirectUrl);
  const finished = await finishConnection(access, {
    connectorId,
    callback,
    stateCookieValue: stateCookie.value,
  });
  if (!finished.ok) throw new Error(finished.error.message);
  const { choose } = finished.value;
  const first = choose?.tenants[0];
  if (!choose || !first) return;
  const chosen = await chooseTenant(access, { token: choose.token, tenantId: first.tenantId });
  if (!chosen.ok) throw new Error(chosen.error.message);
}

/** Confirms every suggestion of the set-up; throws with the questions that have none and need an answer. */
export async function confirmSuggestions(
  access: WorkspaceAccess,
  documentStatus: DocumentStatusChoice = "approved",
  choose: (question: SetupQuestion) => string | null = (question) => question.suggestedKey,
): Promise<void> {
  const setup = await getSetup(access);
  const questions = setup.sections.flatMap((section) => section.questions);
  const confirmed = await confirmSetup(access, {
    documentStatus,
    choices: questions.map((question) => ({
      kind: question.kind,
      sourceKey: question.sourceKey,
      targetKey: choose(question),
    })),
  });
  if (!confirmed.ok)
    throw new Error([confirmed.error.message, ...Object.values(confirmed.error.fieldErrors)].join(" "));
}

const POLL_MS = 200;

/** Waits until the run is where it was asked to go, telling each look; throws when it failed. */
export async function followRun(
  access: WorkspaceAccess,
  runId: string,
  until: (run: RunView) => boolean,
  onLook: (run: RunView) => void = () => {},
): Promise<RunView> {
  for (;;) {
    const run = await getRun(access, runId);
    invariant(run, `run ${runId} can be read`);
    onLook(run);
    if (run.state === "failed") throw new Error(run.failure ?? "the run failed");
    if (until(run)) return run;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** A whole run: preview, then posting unless there is nothing to do. */
export async function syncOnce(
  access: WorkspaceAccess,
  onLook: (run: RunView) => void = () => {},
): Promise<RunView> {
  const preview = await startPreview(access);
  if (!preview.ok) throw new Error(preview.error.message);
  const { runId } = preview.value;
  const ready = await followRun(
    access,
    runId,
    (run) => run.state === "previewed" || run.state === "finished",
    onLook,
  );
  if (ready.state === "finished") return ready;
  const posting = await startPosting(access, runId);
  if (!posting.ok) throw new Error(posting.error.message);
  return followRun(access, runId, (run) => run.state === "finished", onLook);
}
