"use client";

import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { leaveForXeroSignIn } from "@/lib/auth/browser-sign-in";

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
        await leaveForXeroSignIn(callbackUrl);
      }}
    >
      {leaving ? "Going to Xero…" : children}
    </Button>
  );
}
