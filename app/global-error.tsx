"use client";

import "./globals.css";
import { PageError, type PageErrorProps } from "@/app/_components/page-error";

/** Where even the document could not be made. */
export default function GlobalError(props: PageErrorProps) {
  return (
    <html lang="en">
      <body className="min-h-dvh bg-background text-foreground">
        <title>Tieout</title>
        <main className="mx-auto w-full max-w-xl px-4 py-24 sm:px-6">
          <PageError {...props} />
        </main>
      </body>
    </html>
  );
}
