import { formatCount } from "@/components/format/format-amount";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import type { OtherAppView } from "@/lib/domain/views/connection-view";

/** Who else posts into these books: two apps that post the same sales count them twice. */
export function OtherApps({ tenantName, apps }: { tenantName: string; apps: readonly OtherAppView[] }) {
  if (apps.length === 0) return null;
  return (
    <Card>
      <CardHeader>
        <CardTitle>Also posting into {tenantName}</CardTitle>
        <CardDescription>
          Other apps that left their address on documents. Where one of theirs looks like one of yours, it
          waits under Matches and is not posted twice.
        </CardDescription>
      </CardHeader>
      <CardContent>
        <ul className="divide-y divide-border text-sm">
          {apps.map((app) => (
            <li
              key={app.name}
              className="flex flex-wrap justify-between gap-x-6 gap-y-1 py-2 first:pt-0 last:pb-0"
            >
              <span className="font-medium break-words">{app.name}</span>
              <span className="text-muted-foreground">
                {formatCount(app.documents)} {app.documents === 1 ? "document" : "documents"}
                {app.since ? ` since ${app.since}` : ""}
              </span>
            </li>
          ))}
        </ul>
      </CardContent>
    </Card>
  );
}
