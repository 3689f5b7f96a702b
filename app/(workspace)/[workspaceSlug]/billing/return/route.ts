import { redirect } from "next/navigation";
import { requireWorkspace } from "@/app/_access/require-workspace";
import { returnFromStripe } from "@/lib/operations/billing/return-from-stripe";

/** Where Stripe's pages lead back to: what was done there is read before any page, its banner too, is made. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ workspaceSlug: string }> },
): Promise<never> {
  const access = await requireWorkspace((await params).workspaceSlug, "GET /billing/return");
  await returnFromStripe(access);
  redirect(`/${access.slug}/billing`);
}
