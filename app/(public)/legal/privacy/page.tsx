import type { Metadata } from "next";
import { ProsePage, ProseSection } from "@/app/_components/prose-page";
import { PublicFrame } from "@/app/_components/public-frame";

export const metadata: Metadata = { title: "Privacy" };

export default function PrivacyPage() {
  return (
    <PublicFrame>
      <ProsePage title="Privacy" updated="21 November 2026">
        <ProseSection title="What we keep about you">
          <p>
            Your name and e-mail address, as Xero gives them or as you type them when you sign in, which
            workspaces you belong to and when you were last there, and on what kind of device you are signed
            in. Invitations keep the address that was invited until they are taken or withdrawn.
          </p>
        </ProseSection>
        <ProseSection title="What we keep of your books">
          <p>
            The records that are to be kept in agreement, as they were last read on both sides; what was
            posted, when and by whom; and the result of each comparison. It is kept apart for every workspace.
            Readers see e-mail addresses, telephone numbers and addresses masked. Thirty days after a system
            was disconnected what was read from it is deleted.
          </p>
        </ProseSection>
        <ProseSection title="Keys to your accounts">
          <p>
            Permissions to Xero and Zoho Books are stored encrypted and their keys elsewhere. We never see
            your passwords. Disconnecting withdraws the permission at Xero and Zoho and deletes our copy.
          </p>
        </ProseSection>
        <ProseSection title="What we do not do">
          <p>
            We sell nothing to anyone, show no advertisements, and use no data of yours to train models. These
            pages load nothing from other companies and count no visitors.
          </p>
        </ProseSection>
        <ProseSection title="Cookies">
          <p>
            One keeps you signed in, one remembers light or dark, and a few that last minutes carry you safely
            to Xero or Zoho and back.
          </p>
        </ProseSection>
        <ProseSection title="Who else handles it">
          <p>
            Xero and Zoho, because you connected them, and the company that runs our servers. Our own support
            looks into a workspace only while its owner lets it, and each look is in the workspace's trail.
          </p>
        </ProseSection>
        <ProseSection title="Your rights">
          <p>
            You can ask for a copy of what we hold, have it corrected, or have it deleted. Administrators of a
            workspace find, download and erase what is held of one person; its owner downloads everything and
            deletes the workspace. Records of who changed what are kept as long as the workspace is: they
            cannot be changed, so a name in them stays until then.
          </p>
        </ProseSection>
      </ProsePage>
    </PublicFrame>
  );
}
