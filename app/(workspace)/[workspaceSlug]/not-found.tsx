import { SearchX } from "lucide-react";
import { EmptyState } from "@/components/page/empty-state";
import { PageHeader } from "@/components/page/page-header";

export default function WorkspaceNotFound() {
  return (
    <>
      <PageHeader title="Not found" />
      <EmptyState Icon={SearchX} title="This is not here">
        The address may be old, or it belongs to another workspace.
      </EmptyState>
    </>
  );
}
