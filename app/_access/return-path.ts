/** Where to go after signing in: a path of ours, never another site. Anything else means the start. */
export function parseReturnPath(text: unknown): string {
  if (typeof text !== "string") return "/start";
  return /^\/(?![/\\])[\w\-./?=&%[\]]*$/.test(text) ? text : "/start";
}
