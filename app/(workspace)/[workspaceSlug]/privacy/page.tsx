import type { Metadata } from "next";
import { requireWorkspace } from "@/app/_access/require-workspace";
import { PageHeader } from "@/components/page/page-header";
import { DeletePanel } from "@/components/privacy/delete-panel";
import { FindPerson } from "@/components/privacy/find-person";
import { MaskingForm } from "@/components/privacy/masking-form";
import { SupportPanel } from "@/components/privacy/support-panel";
import { mayRun } from "@/lib/domain/workspace-permissions";
import { getPrivacy } from "@/lib/operations/privacy/get-privacy";
import {
  askDeletionAction,
  erasePersonAction,
  findPeopleAction,
  giveConsentAction,
  setMaskingAction,
  takeBackDeletionAction,
  withdrawConsentAction,
} from "./actions";

export const metadata: Metadata = { title: "Privacy" };

export default async function PrivacyPage({ params }: { params: Promise<{ workspaceSlug: string }> }) {
  const access = await requireWorkspace((await params).workspaceSlug, "/privacy");
  const view = await getPrivacy(access);
  const { slug } = access;
  return (
    <>
      <PageHeader title="Privacy">
        Who sees the details of people, what is held of somebody, and how everything leaves.
      </PageHeader>
      <div className="flex flex-col gap-5">
        <MaskingForm
          masksBookkeepers={view.masksBookkeepers}
          save={mayRun(access, "privacy/setMaskingAction") ? setMaskingAction.bind(null, slug) : null}
        />
        {mayRun(access, "privacy/findPeopleAction") ? (
          <FindPerson
            slug={slug}
            find={findPeopleAction.bind(null, slug)}
            erase={erasePersonAction.bind(null, slug)}
          />
        ) : null}
        <SupportPanel
          supportUntil={view.supportUntil}
          give={mayRun(access, "privacy/giveConsentAction") ? giveConsentAction.bind(null, slug) : null}
          withdraw={
            mayRun(access, "privacy/withdrawConsentAction")
              ? withdrawConsentAction.bind(null, slug, {})
              : null
          }
        />
        {mayRun(access, "privacy/askDeletionAction") ? (
          <DeletePanel
            slug={slug}
            workspaceName={access.name}
            deletionDueAt={view.deletionDueAt}
            whyNot={view.whyNotDeleted}
            ask={askDeletionAction.bind(null, slug)}
            takeBack={takeBackDeletionAction.bind(null, slug, {})}
          />
        ) : null}
      </div>
    </>
  );
}
