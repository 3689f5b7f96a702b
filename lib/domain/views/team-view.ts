import type { GivenRole } from "../permissions";
import type { Role } from "../workspace-access";

export interface MemberRow {
  readonly userId: string;
  readonly name: string;
  /** Masked for readers who may not see addresses. */
  readonly email: string;
  readonly role: Role;
  /** ISO instants. */
  readonly since: string;
  /** Null where they never opened a page of this workspace. */
  readonly seenAt: string | null;
  readonly isYou: boolean;
  readonly mayChange: boolean;
}

export interface InvitationRow {
  readonly invitationId: string;
  readonly email: string;
  readonly role: GivenRole;
  readonly invitedByName: string;
  readonly expiresAt: string;
  readonly state: "onItsWay" | "sent" | "mailFailed" | "expired";
  /** When the mail left; null before. */
  readonly sentAt: string | null;
}

export interface TeamView {
  readonly members: readonly MemberRow[];
  /** Empty for readers who may not invite. */
  readonly invitations: readonly InvitationRow[];
  readonly mayInvite: boolean;
  readonly mayTransfer: boolean;
  /** Addresses and ranges that people may work from, empty for anywhere; null for readers who may not set them. */
  readonly allowedAddresses: readonly string[] | null;
  /** Why the reader cannot leave; null where they can. */
  readonly whyNotLeave: string | null;
  /** Whether a mail server is set up. */
  readonly canSendMail: boolean;
  /** Where the demo's mails are to be seen; null outside a demo. */
  readonly mailPage: string | null;
}

/** What an invitation's link shows. */
export type InvitationView =
  | { readonly state: "gone" }
  | {
      readonly state: "open";
      readonly workspaceName: string;
      readonly invitedByName: string;
      readonly role: GivenRole;
      /** Masked. */
      readonly forAddress: string;
      /** Null where nobody is signed in. */
      readonly isForReader: boolean | null;
    };
