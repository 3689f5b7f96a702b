import { SearchX } from "lucide-react";
import { EmptyState } from "@/components/page/empty-state";

export default function WorkspaceNotFound() {
  return (
    <EmptyState Icon={SearchX} title="This is not here">
      The address may be old, or it belongs to another workspace.
    </EmptyState>
  );
}
