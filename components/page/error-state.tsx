"use client";

import { TriangleAlert } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";

/** A page that could not be shown. The reference leads support to the log line; the cause itself stays on the server. */
export function ErrorState({ reference, onRetry }: { reference: string | null; onRetry: () => void }) {
  return (
    <Card className="flex flex-col items-center gap-2 px-6 py-14 text-center" role="alert">
      <span className="mb-2 grid size-11 place-items-center rounded-full bg-destructive-soft text-destructive">
        <TriangleAlert className="size-5" aria-hidden="true" />
      </span>
      <h1 className="text-base font-semibold">This page could not be loaded</h1>
      <p className="max-w-md text-sm text-balance text-muted-foreground">
        Nothing in your books was changed by this. Try again; if it happens twice, tell support
        {reference ? " and give them the reference below" : ""}.
      </p>
      {reference ? <p className="text-xs text-muted-foreground tabular-nums">Reference {reference}</p> : null}
      <Button className="mt-4" variant="outline" onClick={onRetry}>
        Try again
      </Button>
    </Card>
  );
}
