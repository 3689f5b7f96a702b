/** How tests visit the face: plain HTTP as a browser without scripts would, with its Origin on every form. */
import { invariant } from "@/lib/kernel/invariant";
import { sendPlain } from "@/sandbox/kit/plain-request";

export interface Visited {
  readonly status: number;
  readonly text: string;
  readonly location: string | null;
}

export interface Visitor {
  get(path: string): Promise<Visited>;
  /** Sends a form; `headers` replace those of a browser on the sandbox's own page. */
  post(path: string, form?: Record<string, string>, headers?: Record<string, string>): Promise<Visited>;
}

export function visit(origin: string): Visitor {
  const send = async (
    path: string,
    options: { method: string; headers?: Record<string, string>; body?: string },
  ): Promise<Visited> => {
    const { status, text, headers } = await sendPlain(`${origin}${path}`, options);
    return { status, text, location: headers.get("location") };
  };
  return {
    get: (path) => send(path, { method: "GET" }),
    post: (path, form = {}, headers = { origin, "sec-fetch-site": "same-origin" }) =>
      send(path, {
        method: "POST",
        headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
        body: new URLSearchParams(form).toString(),
      }),
  };
}

/** The address of the link with this text; fails when the page has none. */
export function linkNamed(page: Visited, text: string): string {
  for (const [, address = "", name = ""] of page.text.matchAll(/<a href="([^"]*)"[^>]*>(.*?)<\/a>/g))
    if (name.replaceAll(/<[^>]*>/g, "") === text) return address.replaceAll("&amp;", "&");
  invariant(false, `the page has a link "${text}"`);
}
