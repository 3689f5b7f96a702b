/** The appearance that a person chose, as the cookie keeps it. */
export type Theme = "system" | "light" | "dark";

export const THEME_COOKIE = "theme";

/** Anything but a known choice is "system". */
export function parseTheme(text: string | undefined): Theme {
  return text === "light" || text === "dark" ? text : "system";
}
