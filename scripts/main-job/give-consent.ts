/**
 * Gives consent at a sandbox's page as a browser would, for runs without one: opens the address, reads the form that it
 * shows, posts it with the consenting button, and hands back the query of the redirect. Works on the sandbox alone.
 */
export async function giveConsent(redirectUrl: string): Promise<URLSearchParams> {
  const first = await (await fetch(redirectUrl)).text();
  const user = /<button[^>]*name="user" value="([^"]+)"/.exec(first)?.[1];
  const address = user === undefined ? redirectUrl : `${redirectUrl}&user=${encodeURIComponent(user)}`;
  const page = user === undefined ? first : await (await fetch(address)).text();
  const fields = new URLSearchParams();
  for (const [, name, value] of page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)) {
    fields.set(unescapeHtml(name ?? ""), unescapeHtml(value ?? ""));
  }
  const tenant = /<input type="radio" name="tenant" value="([^"]+)"/.exec(page)?.[1];
  if (tenant !== undefined) fields.set("tenant", tenant);
  const decision = /name="decision" value="(allow|accept)"/.exec(page)?.[1];
  if (decision === undefined) throw new Error(`no consent form at ${new URL(redirectUrl).pathname}`);
  fields.set("decision", decision);
  const action = /<form method="post"(?: action="([^"]+)")?/.exec(page)?.[1];
  const answer = await fetch(action === undefined ? address : new URL(unescapeHtml(action), address), {
    method: "POST",
    body: fields,
    redirect: "manual",
  });
  const location = answer.headers.get("location");
  if (location === null) throw new Error(`consent gave no redirect: status ${answer.status}`);
  return new URL(location).searchParams;
}

const unescapeHtml = (text: string): string =>
  text
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&");
