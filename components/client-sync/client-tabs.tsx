import { LinkTabs } from "@/components/ui/tabs";

/** The two halves of the client sync: its settings with the review, and the sync itself. */
export function ClientTabs({ slug, current }: { slug: string; current: "setup" | "sync" }) {
  return (
    <div className="mb-5">
      <LinkTabs
        label="Client sync"
        tabs={[
          { label: "Sync setup", href: `/${slug}/clients`, current: current === "setup" },
          { label: "Sync", href: `/${slug}/clients/sync`, current: current === "sync" },
        ]}
      />
    </div>
  );
}
