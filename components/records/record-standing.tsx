import { CircleAlert, CircleCheck, CircleSlash, Clock, ExternalLink, type LucideIcon } from "lucide-react";
import Link from "next/link";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardContent } from "@/components/ui/card";
import type { RecordStanding, RecordView } from "@/lib/domain/views/record-view";

const STANDING: Readonly<
  Record<
    RecordStanding["state"],
    { readonly label: string; readonly tone: BadgeTone; readonly Icon: LucideIcon }
  >
> = {
  agrees: { label: "Both agree", tone: "success", Icon: CircleCheck },
  differs: { label: "Differs", tone: "warning", Icon: CircleAlert },
  waiting: { label: "Goes with the next run", tone: "neutral", Icon: Clock },
  needsYou: { label: "Needs you", tone: "warning", Icon: CircleAlert },
  leftOut: { label: "Left out", tone: "neutral", Icon: CircleSlash },
};

/** How the record stands in one word and one sentence, and the ways to it in both systems. */
export function RecordStandingCard({ slug, view }: { slug: string; view: RecordView }) {
  const { label, tone, Icon } = STANDING[view.standing.state];
  const { exceptionId, words } = view.standing;
  return (
    <Card>
      <CardContent className="flex flex-col gap-4 pt-5 sm:pt-6">
        <Badge tone={tone}>
          <Icon aria-hidden="true" />
          {label}
        </Badge>
        <p className="max-w-prose text-base break-words">{words}</p>
        <div className="flex flex-wrap gap-3">
          {exceptionId === null ? null : (
            <Button asChild>
              <Link href={`/${slug}/exceptions/${exceptionId}`}>See what to do</Link>
            </Button>
          )}
          <VendorLink name={view.names.source} href={view.sourceLink} />
          <VendorLink name={view.names.ledger} href={view.ledgerLink} />
        </div>
      </CardContent>
    </Card>
  );
}

function VendorLink({ name, href }: { name: string; href: string | null }) {
  if (href === null) return null;
  return (
    <Button asChild variant="outline">
      <a href={href} target="_blank" rel="noreferrer">
        Open in {name}
        <ExternalLink aria-hidden="true" />
        <span className="sr-only"> (in a new tab)</span>
      </a>
    </Button>
  );
}
