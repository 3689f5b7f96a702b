import { LinkTabs } from "@/components/ui/tabs";

/** The places around a run: what happened, what waits for a second person, and looking before posting. */
export function RunTabs({ slug, current }: { slug: string; current: "runs" | "approvals" | "parallel" }) {
  return (
    <div className="mb-5">
      <LinkTabs
        label="Around runs"
        tabs={[
          { label: "Runs", href: `/${slug}/runs`, current: current === "runs" },
          { label: "Approvals", href: `/${slug}/preview/approvals`, current: current === "approvals" },
          { label: "Parallel run", href: `/${slug}/preview/parallel`, current: current === "parallel" },
        ]}
      />
    </div>
  );
}
