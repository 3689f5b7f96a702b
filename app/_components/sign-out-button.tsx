"use client";

import { signOut } from "next-auth/react";
import { useState } from "react";
import { Button } from "@/components/ui/button";

/** Ends the session here and in the database. */
export function SignOutButton() {
  const [leaving, setLeaving] = useState(false);
  return (
    <Button
      variant="ghost"
      size="small"
      disabled={leaving}
      onClick={async () => {
        setLeaving(true);
        await signOut({ callbackUrl: "/" });
      }}
    >
      Sign out
    </Button>
  );
}
