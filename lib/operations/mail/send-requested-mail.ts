import { hashSessionToken, linkToken } from "@/lib/auth/session-token";
import type { Transaction } from "@/lib/db/client";
import { alertMessageSchema, headlineOf, linesOf, linkOf } from "@/lib/domain/alert-message";
import { ROLES } from "@/lib/domain/workspace-access";
import { invariant } from "@/lib/kernel/invariant";
import { sendMail } from "@/lib/mail/send-mail";
import { loadSender } from "../alerts/load-sender";
import { getRuntime, type Runtime } from "../runtime";
import { alertWords, invitationWords, type MailWords, signInAtXeroWords, signInWords } from "./mail-words";
import { NO_MAIL_SERVER } from "./request-mail";
import { openPath } from "./return-path-seal";

export interface MailRef {
  readonly workspaceId: string;
  readonly mailId: string;
}

type MailRow = NonNullable<Awaited<ReturnType<Transaction["requestedMail"]["findUnique"]>>>;

/**
 * Sends a mail that was asked for, and deletes the request once the server took it. `gone`: it was sent, or what it
 * leads to was used, withdrawn or replaced meanwhile. Throws where the server did not take it; ask again.
 */
export async function sendRequestedMail({ workspaceId, mailId }: MailRef): Promise<"sent" | "gone"> {
  const runtime = await getRuntime();
  const { database, clock, mail: settings, env } = runtime;
  const found = await database.withWorkspace(workspaceId, async (tx) => {
    const row = await tx.requestedMail.findUnique({ where: { id: mailId } });
    if (row === null) return null;
    const words = await wordsOf(tx, row, runtime);
    if (words === null) await tx.requestedMail.deleteMany({ where: { id: mailId } });
    return words && { words, row };
  });
  if (found === null) return "gone";
  if (settings === null) throw new Error(NO_MAIL_SERVER);
  const messageId = `<${mailId}@${new URL(env.APP_ORIGIN).hostname}>`;
  await sendMail({ to: found.row.address, ...found.words, messageId }, settings);
  await database.withWorkspace(workspaceId, async (tx) => {
    await tx.requestedMail.deleteMany({ where: { id: mailId } });
    if (found.row.invitationId !== null)
      await tx.invitation.updateMany({
        where: { id: found.row.invitationId, tokenHash: hashOf(runtime, found.row) },
        data: { sentAt: clock.now(), mailFailedAt: null },
      });
    if (found.row.alertDeliveryId !== null)
      await tx.alertDelivery.updateMany({
        where: { id: found.row.alertDeliveryId },
        data: {
          ...{ state: "sent", sentAt: clock.now(), outcome: "Taken by the mail server." },
          attempts: { increment: 1 },
        },
      });
  });
  return "sent";
}

/** Gives a mail up: an invitation says so on the team page, a sign-in is asked for anew. */
export async function noteMailFailed({ workspaceId, mailId }: MailRef): Promise<void> {
  const { database, clock } = await getRuntime();
  await database.withWorkspace(workspaceId, async (tx) => {
    const row = await tx.requestedMail.findUnique({ where: { id: mailId } });
    if (row === null) return;
    await tx.requestedMail.deleteMany({ where: { id: mailId } });
    if (row.invitationId !== null)
      await tx.invitation.updateMany({
        where: { id: row.invitationId, sentAt: null },
        data: { mailFailedAt: clock.now() },
      });
    if (row.alertDeliveryId !== null)
      await tx.alertDelivery.updateMany({
        where: { id: row.alertDeliveryId, state: "waiting" },
        data: { state: "failed", outcome: "The mail server did not take it." },
      });
  });
}

/** Null where there is nothing to send any more. */
async function wordsOf(tx: Transaction, row: MailRow, runtime: Runtime): Promise<MailWords | null> {
  const { APP_ORIGIN } = runtime.env;
  if (row.kind === "signInAtXero") return signInAtXeroWords(`${APP_ORIGIN}/sign-in`);
  if (row.kind === "alert") return alertMailWords(tx, row, runtime);
  const tokenHash = hashOf(runtime, row);
  if (row.kind === "signInLink") {
    const waiting = await tx.verificationToken.findUnique({ where: { tokenHash } });
    if (waiting === null || waiting.expires <= runtime.clock.now()) return null;
    const query = new URLSearchParams({
      token: tokenOf(runtime, row),
      to: await openPath(row.returnPath, runtime.env),
    });
    return signInWords(`${APP_ORIGIN}/sign-in/link?${query}`);
  }
  const invitation = await tx.invitation.findUnique({ where: { tokenHash } });
  if (invitation === null) return null;
  const workspace = await tx.workspace.findUniqueOrThrow({ where: { id: row.workspaceId } });
  const role = ROLES.find((one) => one === invitation.role);
  invariant(role, "an invitation names a role");
  const query = new URLSearchParams({ token: tokenOf(runtime, row) });
  return invitationWords({
    workspaceName: workspace.name,
    invitedByName: invitation.invitedByName,
    role,
    link: `${APP_ORIGIN}/invitation?${query}`,
  });
}

/** Nothing for somebody who is no member any more. */
async function alertMailWords(tx: Transaction, row: MailRow, runtime: Runtime): Promise<MailWords | null> {
  const delivery = await tx.alertDelivery.findUnique({
    where: { id: row.alertDeliveryId ?? row.id },
    include: { channel: { select: { userId: true } } },
  });
  if (delivery?.state !== "waiting") return null;
  const { userId } = delivery.channel;
  const member = await tx.membership.findFirst({
    where: { workspaceId: row.workspaceId, userId: userId ?? row.id },
  });
  if (member === null) return null;
  const sender = await loadSender(runtime, tx, row.workspaceId);
  const message = alertMessageSchema.parse(delivery.message);
  return alertWords({
    headline: headlineOf(message, sender),
    lines: linesOf(message),
    link: linkOf(message, sender),
    settings: `${sender.workspaceUrl}/alerts`,
  });
}

const tokenOf = ({ env }: Runtime, row: MailRow): string =>
  linkToken(env.NEXTAUTH_SECRET, row.kind === "invitation" ? "invitation" : "signIn", row.id);

const hashOf = (runtime: Runtime, row: MailRow): string => hashSessionToken(tokenOf(runtime, row));
