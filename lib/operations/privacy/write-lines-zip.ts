import { strToU8, Zip, ZipDeflate } from "fflate";

export interface LinesFile {
  readonly name: string;
  readonly lines: AsyncIterable<string> | Iterable<string>;
}

/** Lines are packed in pieces of about this size. */
const PIECE_CHARACTERS = 64_000;

/**
 * An archive of files of lines, written as a stream: a piece is packed and given on before the next line is asked for, so
 * that a million rows take no more memory than a thousand. Below 4 GB, since no part of it is ZIP64.
 */
export async function* writeLinesZip(files: Iterable<LinesFile>): AsyncGenerator<Uint8Array> {
  let ready: Uint8Array[] = [];
  let failure: Error | null = null;
  const zip = new Zip((error, chunk) => {
    if (error) failure = error;
    else ready.push(chunk);
  });
  function* take(): Generator<Uint8Array> {
    if (failure) throw failure;
    yield* ready;
    ready = [];
  }
  for (const { name, lines } of files) {
    const part = new ZipDeflate(name);
    zip.add(part);
    let piece = "";
    for await (const line of lines) {
      piece += `${line}\n`;
      if (piece.length < PIECE_CHARACTERS) continue;
      part.push(strToU8(piece));
      piece = "";
      yield* take();
    }
    part.push(strToU8(piece), true);
    yield* take();
  }
  zip.end();
  yield* take();
}
