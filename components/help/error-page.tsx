import Link from "next/link";
import { Card } from "@/components/ui/card";
import type { ErrorTopic } from "@/lib/domain/views/help-view";

/** One cause: what the screen says, why, what to do, and what happens meanwhile. */
export function ErrorPage({ slug, topic }: { slug: string; topic: ErrorTopic }) {
  const parts = [
    { title: "What you see", text: topic.says },
    { title: "Why", text: topic.why },
    { title: "What to do", text: topic.remedy },
    { title: "Meanwhile", text: topic.meanwhile },
  ];
  const place = topic.area === "record" ? "exceptions" : "connections";
  return (
    <div className="flex flex-col gap-5">
      <Card>
        <dl className="divide-y divide-border">
          {parts.map(({ title, text }) => (
            <div key={title} className="flex flex-col gap-1.5 px-4 py-5 sm:px-6">
              <dt className="text-sm font-medium text-muted-foreground">{title}</dt>
              <dd className="max-w-prose">{text}</dd>
            </div>
          ))}
        </dl>
      </Card>
      <p className="flex flex-wrap gap-x-5 gap-y-2 text-sm">
        <Link href={`/${slug}/${place}`} className="text-primary underline underline-offset-4">
          Go to {place}
        </Link>
        <Link href={`/${slug}/help/errors`} className="text-primary underline underline-offset-4">
          All causes
        </Link>
      </p>
    </div>
  );
}
