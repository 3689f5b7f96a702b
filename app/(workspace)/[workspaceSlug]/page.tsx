import { redirect } from "next/navigation";
import { requireWorkspace } from "@/app/_access/require-workspace";

export default async function WorkspacePage({ params }: { params: Promise<{ workspaceSlug: string }> }) {
  const { slug } = await requireWorkspace((await params).workspaceSlug, "/");
  redirect(`/${slug}/overview`);
}
