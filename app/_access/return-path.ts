/** Where to go after signing in: a path of ours, never another site. Anything else means the start. */
export function parseReturnPath(text: unknown): string {
  if (typeof text !== "string") return "/start";
  return /^\/(?![/\\])[\w\-./?=&%[\]+:,~]*$/.test(text) ? text : "/start";
}

/** Set by the proxy on every request for a page, whatever the caller wrote there: its path and query. */
export const PAGE_PATH_HEADER = "x-page-path";

/** The page of a workspace that was asked for; its overview where that is not known, or no page of it. */
export function returnPathIn(slug: string, pagePath: string | null): string {
  const path = parseReturnPath(pagePath);
  return path.startsWith(`/${slug}/`) ? path : `/${slug}/overview`;
}
