import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { Card } from "@/components/ui/card";
import { type ErrorTopic, errorTopicPath } from "@/lib/domain/views/help-view";

const AREAS: readonly { readonly area: ErrorTopic["area"]; readonly title: string }[] = [
  { area: "connection", title: "A system does not answer as it should" },
  { area: "record", title: "A record waits" },
];

/** Every cause by its title, each leading to its page. */
export function ErrorList({ slug, topics }: { slug: string; topics: readonly ErrorTopic[] }) {
  return (
    <div className="flex flex-col gap-6">
      {AREAS.map(({ area, title }) => (
        <section key={area} className="flex flex-col gap-3" aria-label={title}>
          <h2 className="text-base font-semibold">{title}</h2>
          <Card>
            <ul className="divide-y divide-border">
              {topics
                .filter((topic) => topic.area === area)
                .map((topic) => (
                  <li key={topic.kind}>
                    <Link
                      href={errorTopicPath(slug, topic.kind)}
                      className="flex min-h-11 items-center justify-between gap-3 px-4 py-2.5 text-sm hover:bg-muted sm:px-6"
                    >
                      {topic.title}
                      <ChevronRight className="size-4 shrink-0 text-muted-foreground" aria-hidden="true" />
                    </Link>
                  </li>
                ))}
            </ul>
          </Card>
        </section>
      ))}
    </div>
  );
}
