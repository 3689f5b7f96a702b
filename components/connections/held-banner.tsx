import Link from "next/link";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import type { HeldConnectionView } from "@/lib/domain/views/connection-view";

/** On every page while a connection has ended: what waits, why, and the one button. */
export function HeldBanner({ slug, held }: { slug: string; held: readonly HeldConnectionView[] }) {
  if (held.length === 0) return null;
  return (
    <div className="mb-6 flex flex-col gap-3 print:hidden">
      {held.map((one) => (
        <Alert key={one.label} tone="warning" role="status" title={`Everything waits for ${one.label}`}>
          <div className="flex flex-col gap-3 sm:flex-row sm:items-center sm:justify-between">
            <p>
              {one.tenantName}: {one.reason} Nothing is lost; it goes on by itself afterwards.
            </p>
            <Button asChild variant="outline" className="w-full shrink-0 sm:w-auto">
              <Link href={`/${slug}/connections`}>Reconnect {one.label}</Link>
            </Button>
          </div>
        </Alert>
      ))}
    </div>
  );
}
