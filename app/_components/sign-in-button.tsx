"use client";

import { signIn } from "next-auth/react";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";

/** Leads to Xero's own sign-in page by a full redirect; no pop-up, and no password is ever typed here. */
export function SignInButton({
  callbackUrl = "/start",
  variant = "primary",
  size = "large",
  children,
}: {
  callbackUrl?: string;
  variant?: "primary" | "outline" | "ghost";
  size?: "default" | "large";
  children: ReactNode;
}) {
  const [leaving, setLeaving] = useState(false);
  return (
    <Button
      variant={variant}
      size={size}
      disabled={leaving}
      onClick={async () => {
        setLeaving(true);
        await signIn("xero", { callbackUrl });
      }}
    >
      {leaving ? "Going to Xero…" : children}
    </Button>
  );
}
