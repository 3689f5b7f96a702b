import type { Transaction } from "@/lib/db/client";

/** Whose are the mails about a sign-in: no workspace has this id, so nobody sees them but who sends them. */
export const NO_WORKSPACE = "00000000-0000-0000-0000-000000000000";

export const MAIL_KINDS = ["signInLink", "signInAtXero", "invitation", "alert"] as const;

/** Where no mail server is set up. */
export const NO_MAIL_SERVER =
  "No mail server is set up here, so Tieout cannot send mails. Whoever runs it sets SMTP_URL.";

/** Asks for a mail in the caller's transaction: it leaves after the commit, by the outbox. */
export async function requestMail(
  tx: Transaction,
  mail: {
    readonly mailId: string;
    readonly workspaceId: string;
    readonly kind: (typeof MAIL_KINDS)[number];
    readonly address: string;
    readonly returnPath?: string;
    readonly invitationId?: string;
    readonly alertDeliveryId?: string;
    readonly at: Date;
  },
): Promise<void> {
  const { mailId, workspaceId, kind, address, returnPath, invitationId, alertDeliveryId, at } = mail;
  await tx.requestedMail.create({
    data: {
      id: mailId,
      workspaceId,
      kind,
      address,
      returnPath,
      invitationId,
      alertDeliveryId,
      requestedAt: at,
    },
  });
  await tx.outboxEvent.create({
    data: { workspaceId, name: "mail/message.requested", data: { workspaceId, mailId } },
  });
}
