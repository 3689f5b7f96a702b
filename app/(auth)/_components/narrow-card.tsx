import type { ReactNode } from "react";
import { Card } from "@/components/ui/card";

/** The one card of a page outside a workspace: its heading, a sentence and what there is to do. */
export function NarrowCard({
  title,
  sentence,
  children,
}: {
  title: string;
  sentence?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="mx-auto w-full max-w-md px-4 py-14 sm:px-6">
      <Card className="flex flex-col gap-5 p-6 sm:p-8">
        <div className="flex flex-col gap-1.5">
          <h1 className="text-2xl font-semibold text-balance">{title}</h1>
          {sentence ? <div className="text-sm text-muted-foreground">{sentence}</div> : null}
        </div>
        {children}
      </Card>
    </div>
  );
}
