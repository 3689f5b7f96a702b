/** Which of Xero's two formats an Accept header asks for. */

interface MediaRange {
  readonly type: string;
  readonly quality: number;
}

/** True for JSON: when it is named and nothing is preferred to it. Without a header, and for all else, XML. */
export function prefersJson(accept: string | undefined): boolean {
  const ranges = (accept ?? "").split(",").map(mediaRange);
  const best = (named: RegExp): MediaRange | null => {
    const found = ranges.filter(({ type, quality }) => named.test(type) && quality > 0);
    return found.sort((left, right) => right.quality - left.quality)[0] ?? null;
  };
  const json = best(/[/+]json$/);
  if (json === null) return false;
  const xml = best(/[/+]xml$/);
  if (xml === null || xml.quality !== json.quality) return xml === null || json.quality > xml.quality;
  return ranges.indexOf(json) < ranges.indexOf(xml);
}

function mediaRange(text: string): MediaRange {
  const [type = "", ...parameters] = text.split(";").map((part) => part.trim().toLowerCase());
  const quality = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2);
  return { type, quality: quality === undefined ? 1 : Number(quality) || 0 };
}
