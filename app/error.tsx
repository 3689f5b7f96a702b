"use client";

import { PageError, type PageErrorProps } from "@/app/_components/page-error";

export default function RootError(props: PageErrorProps) {
  return (
    <main className="mx-auto w-full max-w-xl px-4 py-24 sm:px-6">
      <PageError {...props} />
    </main>
  );
}
