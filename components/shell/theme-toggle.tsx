"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useState } from "react";
import { cn } from "@/components/ui/class-names";
import { THEME_COOKIE, type Theme } from "./theme";

const CHOICES = [
  { theme: "system", label: "As the device", Icon: Monitor },
  { theme: "light", label: "Light", Icon: Sun },
  { theme: "dark", label: "Dark", Icon: Moon },
] as const;
const COOKIE_SECONDS = 365 * 24 * 60 * 60;

/** Light, dark or as the device says. Kept in a cookie, so that the server already sends the right one. */
export function ThemeToggle({ initial }: { initial: Theme }) {
  const [chosen, setChosen] = useState<Theme>(initial);

  function choose(theme: Theme) {
    setChosen(theme);
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet
    document.cookie = `${THEME_COOKIE}=${theme}; path=/; max-age=${COOKIE_SECONDS}; samesite=lax`;
    if (theme === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }

  return (
    <fieldset className="inline-flex rounded-md border border-border bg-muted p-0.5">
      <legend className="sr-only">Appearance</legend>
      {CHOICES.map(({ theme, label, Icon }) => (
        <button
          key={theme}
          type="button"
          aria-label={label}
          title={label}
          aria-pressed={chosen === theme}
          onClick={() => choose(theme)}
          className={cn(
            "grid size-8 place-items-center rounded-sm text-muted-foreground transition-colors",
            chosen === theme ? "bg-card text-foreground shadow-raised" : "hover:text-foreground",
          )}
        >
          <Icon className="size-4" aria-hidden="true" />
        </button>
      ))}
    </fieldset>
  );
}
