import { Download } from "lucide-react";
import Link from "next/link";
import { formatCount } from "@/components/format/format-amount";
import { LocalTime } from "@/components/format/local-time";
import { Button } from "@/components/ui/button";
import { Card, CardHeader, CardTitle } from "@/components/ui/card";
import type { EarlierClientSync } from "@/lib/domain/views/client-sync-view";

/** The syncs of the past, newest first, each with its whole log. */
export function EarlierSyncs({ slug, syncs }: { slug: string; syncs: readonly EarlierClientSync[] }) {
  if (syncs.length === 0) return null;
  return (
    <Card>
      <CardHeader>
        <CardTitle>Earlier syncs</CardTitle>
      </CardHeader>
      <ul className="divide-y divide-border border-t border-border text-sm">
        {syncs.map((sync) => (
          <li key={sync.runId} className="flex flex-wrap items-center gap-3 px-4 py-3 sm:px-6">
            <Link href={`/${slug}/runs/${sync.runId}`} className="font-medium underline">
              <LocalTime iso={sync.startedAt} />
            </Link>
            <span className="flex-1 text-muted-foreground">
              {formatCount(sync.added)} added or updated, {formatCount(sync.mapped)} mapped
              {sync.failed > 0 ? `, ${formatCount(sync.failed)} not synced` : ""}
            </span>
            <Button asChild variant="ghost" size="small">
              <a href={`/${slug}/clients/sync/${sync.runId}/export`} download>
                <Download aria-hidden="true" />
                Excel
              </a>
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  );
}
