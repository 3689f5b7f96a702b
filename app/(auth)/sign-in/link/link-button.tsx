"use client";

import Link from "next/link";
import { useState } from "react";
import { z } from "zod";
import { ActionError } from "@/components/page/action-error";
import type { ActionResult } from "@/components/page/action-result";
import { Button } from "@/components/ui/button";
import { Form } from "@/components/ui/form";
import { postForm } from "../../_components/post-form";

/** Uses up the link and goes on to the second step. */
export function LinkButton({ token, returnPath }: { token: string; returnPath: string }) {
  const [result, setResult] = useState<ActionResult<null> | null>(null);
  const [busy, setBusy] = useState(false);
  async function press() {
    setBusy(true);
    const answer = await postForm("/api/sign-in/link", { token }, z.null());
    setResult(answer);
    if (answer.ok) window.location.assign(`/sign-in/second-step?${new URLSearchParams({ to: returnPath })}`);
    else setBusy(false);
  }
  return (
    <Form
      busy={busy}
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void press();
      }}
    >
      <legend className="sr-only">Sign in</legend>
      <ActionError result={result} />
      <Button type="submit" size="large" disabled={busy}>
        {busy ? "Signing in…" : "Sign in"}
      </Button>
      {result !== null && !result.ok ? (
        <Link href="/sign-in" className="text-sm text-primary underline underline-offset-4">
          Ask for a new link
        </Link>
      ) : null}
    </Form>
  );
}
