import type { Metadata } from "next";
import Link from "next/link";
import { currentPlace } from "@/app/_access/find-access";
import { requireWorkspace } from "@/app/_access/require-workspace";
import { DemoMails } from "@/app/_components/demo-mails";
import { PageHeader } from "@/components/page/page-header";
import { AddressForm } from "@/components/team/address-form";
import { InvitationList } from "@/components/team/invitation-list";
import { InviteForm } from "@/components/team/invite-form";
import { LeavePanel } from "@/components/team/leave-panel";
import { MemberList } from "@/components/team/member-list";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { listTeam } from "@/lib/operations/people/list-team";
import {
  changeRoleAction,
  invitePersonAction,
  leaveWorkspaceAction,
  removeMemberAction,
  resendInvitationAction,
  setAllowedAddressesAction,
  withdrawInvitationAction,
} from "./actions";

export const metadata: Metadata = { title: "Team" };

export default async function TeamPage({ params }: { params: Promise<{ workspaceSlug: string }> }) {
  const access = await requireWorkspace((await params).workspaceSlug, "/team");
  const view = await listTeam(access);
  const { slug } = access;
  return (
    <>
      <PageHeader
        title="Team"
        action={
          view.mayTransfer ? (
            <Button asChild variant="outline">
              <Link href={`/${slug}/team/transfer`}>Transfer the workspace</Link>
            </Button>
          ) : null
        }
      >
        Who works in {access.name}, and what each may do.
      </PageHeader>
      <div className="flex flex-col gap-5">
        <MemberList
          members={view.members}
          changeRole={changeRoleAction.bind(null, slug)}
          remove={removeMemberAction.bind(null, slug)}
        />
        {view.mayInvite && !view.canSendMail ? (
          <Alert tone="warning" title="Nobody can be invited here">
            No mail server is set up. Whoever runs this installation sets SMTP_URL.
          </Alert>
        ) : null}
        {view.mayInvite && view.canSendMail ? (
          <InviteForm invite={invitePersonAction.bind(null, slug)} />
        ) : null}
        {view.mayInvite ? (
          <InvitationList
            invitations={view.invitations}
            resend={resendInvitationAction.bind(null, slug)}
            withdraw={withdrawInvitationAction.bind(null, slug)}
          />
        ) : null}
        {view.mayInvite ? <DemoMails address={view.mailPage} /> : null}
        {view.allowedAddresses ? (
          <AddressForm
            addresses={view.allowedAddresses}
            ownAddress={await currentPlace()}
            save={setAllowedAddressesAction.bind(null, slug)}
          />
        ) : null}
        <LeavePanel
          workspaceName={access.name}
          whyNot={view.whyNotLeave}
          leave={leaveWorkspaceAction.bind(null, slug, {})}
        />
      </div>
    </>
  );
}
