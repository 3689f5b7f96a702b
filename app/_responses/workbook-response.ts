const EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** An Excel file as a download, sent while it is written; nothing keeps a copy of it on the way. */
export function workbookResponse(file: {
  readonly fileName: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}): Response {
  return new Response(streamOf(file.bytes), {
    headers: {
      "content-type": EXCEL,
      "content-disposition": `attachment; filename="${file.fileName}"`,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    },
  });
}

/** Asks for the next piece when the browser took the last one. */
export function streamOf(bytes: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const pieces = bytes[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await pieces.return?.();
    },
  });
}
