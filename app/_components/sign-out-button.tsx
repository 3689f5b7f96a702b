"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { endSession } from "@/lib/auth/browser-sign-in";

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
        await endSession();
      }}
    >
      Sign out
    </Button>
  );
}
