"use client";

import { ErrorState } from "@/components/page/error-state";

/** What every error.tsx of a segment shows. */
export interface PageErrorProps {
  readonly error: unknown;
  readonly retry: () => void;
}

export function PageError({ error, retry }: PageErrorProps) {
  return <ErrorState reference={referenceOf(error)} onRetry={retry} />;
}

/** Next.js gives a server error a digest and logs the error under it. */
function referenceOf(error: unknown): string | null {
  if (error === null || typeof error !== "object" || !("digest" in error)) return null;
  return typeof error.digest === "string" ? error.digest : null;
}
