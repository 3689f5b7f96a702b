/** Plain HTTP for tests and benches that stand outside the product: no deadline, no redaction, nothing retried. */
import { request as openRequest } from "node:http";

/** A whole answer. */
export interface PlainAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** One HTTP call without following redirects; rejects when the connection ends before the whole answer. */
export function sendPlain(
  url: string,
  options: { method: string; headers?: Record<string, string>; body?: string },
): Promise<PlainAnswer> {
  return new Promise((resolve, reject) => {
    // Node leaves the length out on GET, and the body would be taken for the next request.
    const length =
      options.body === undefined ? {} : { "content-length": String(Buffer.byteLength(options.body)) };
    const headers = { ...options.headers, ...length };
    const request = openRequest(url, { method: options.method, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("error", reject);
      answer.on("end", () => {
        const headers = new Headers();
        for (const [name, value] of Object.entries(answer.headers)) headers.set(name, String(value));
        resolve({ status: answer.statusCode ?? 0, headers, text: Buffer.concat(chunks).toString("utf8") });
      });
    });
    request.on("error", reject);
    request.end(options.body);
  });
}
