import { streamOf } from "./workbook-response";

/** An archive as a download, sent while it is written; nothing keeps a copy of it on the way. */
export function zipResponse(file: {
  readonly fileName: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}): Response {
  return new Response(streamOf(file.bytes), {
    headers: {
      "content-type": "application/zip",
      "content-disposition": `attachment; filename="${file.fileName}"`,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    },
  });
}
