import { ArrowRight, CircleAlert, CircleCheck } from "lucide-react";
import Link from "next/link";
import { cn } from "@/components/ui/class-names";
import type { ConnectionView } from "@/lib/domain/views/connection-view";

/** Which organisation goes where: the quiet proof that the right two are meant. */
export function PairStrip({
  slug,
  source,
  ledger,
}: {
  slug: string;
  source: ConnectionView;
  ledger: ConnectionView;
}) {
  return (
    <section aria-label="Connected organisations" className="mt-5">
      <Link
        href={`/${slug}/connections`}
        className="flex flex-col gap-3 rounded-lg border border-border bg-card px-5 py-4 text-sm shadow-raised transition-colors hover:bg-muted sm:flex-row sm:items-center sm:gap-6 sm:px-8"
      >
        <Side connection={source} />
        <ArrowRight
          className="size-4 shrink-0 rotate-90 text-muted-foreground sm:rotate-0"
          aria-label="posts to"
          role="img"
        />
        <Side connection={ledger} />
      </Link>
    </section>
  );
}

function Side({ connection }: { connection: ConnectionView }) {
  const active = connection.status === "active";
  const Icon = active ? CircleCheck : CircleAlert;
  return (
    <span className="flex min-w-0 items-center gap-3">
      <Icon
        className={cn("size-4 shrink-0", active ? "text-success" : "text-warning")}
        role="img"
        aria-label={active ? "Connected" : "Not connected"}
      />
      <span className="min-w-0">
        <span className="block text-muted-foreground">{connection.connectorLabel}</span>
        <span className="block truncate font-medium">{connection.tenantName}</span>
      </span>
    </span>
  );
}
