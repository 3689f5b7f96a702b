import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/*
 * The chain over the audit trail: each link holds the digest of one line and the hash of the link before, and the head says
 * where the chain ends. Pure: it neither reads lines nor stores links. Whoever can change rows can also work out new hashes;
 * the macs need a key that is not in the database (docs/decisions/0021-audit-chain.md).
 */

/** A line of the trail as the database spells it: JSON as its canonical text, so that no digit is lost. */
export interface AuditLine {
  readonly id: string;
  readonly sequence: bigint;
  readonly workspaceId: string;
  readonly actorUserId: string | null;
  readonly action: string;
  readonly subject: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly atMs: bigint;
}

/** A link. `keyId` and `mac` are empty where no key was set. */
export interface AuditLink {
  readonly place: bigint;
  readonly sequence: bigint;
  readonly eventDigest: string;
  readonly previous: string;
  readonly hash: string;
  readonly keyId: string;
  readonly mac: string;
  readonly sealedAt: Date;
}

export interface ChainHead {
  readonly place: bigint;
  readonly sequence: bigint;
  readonly hash: string;
  readonly keyId: string;
  readonly mac: string;
}

/** The first one makes the macs, the others still check them; null where there are none. */
export interface AuditKeys {
  readonly currentId: string;
  readonly keys: ReadonlyMap<string, Uint8Array>;
}

/** Where the chain does not hold, by the place of a line in the trail, in words for an operator. */
export interface ChainBreak {
  readonly sequence: bigint;
  readonly what: string;
}

export const NO_HEAD: ChainHead = { place: 0n, sequence: 0n, hash: "", keyId: "", mac: "" };

export function digestOfLine(line: AuditLine): string {
  const { id, sequence, workspaceId, actorUserId, action, subject, before, after, atMs } = line;
  return sha256([id, `${sequence}`, workspaceId, actorUserId, action, subject, before, after, `${atMs}`]);
}

/** The links of the lines that come next, in their order, and the head behind the last of them. */
export function linkLines(
  workspaceId: string,
  head: ChainHead,
  lines: readonly AuditLine[],
  sealedAt: Date,
  keys: AuditKeys | null,
): { readonly links: readonly AuditLink[]; readonly head: ChainHead } {
  const links: AuditLink[] = [];
  let last = head;
  for (const line of lines) {
    const content = {
      place: last.place + 1n,
      sequence: line.sequence,
      eventDigest: digestOfLine(line),
      previous: last.hash,
      keyId: keys?.currentId ?? "",
      sealedAt,
    };
    const hash = hashOfLink(workspaceId, content);
    const link = { ...content, hash, mac: macOf(keys, content.keyId, ["link", hash]) ?? "" };
    links.push(link);
    last = { place: link.place, sequence: link.sequence, hash, keyId: link.keyId, mac: "" };
  }
  return { links, head: { ...last, mac: macOfHead(workspaceId, last, keys) ?? "" } };
}

export interface ChainCheck {
  /** The next link, with the line that the database has at its place in the trail. */
  takeLink(link: AuditLink, line: AuditLine | null): void;
  /** A line that no link knows although the chain has gone past it. */
  takeStranger(sequence: bigint): void;
  /** Call it once, after the last link; every break that was found, by place. */
  finish(head: ChainHead | null): readonly ChainBreak[];
}

/** Checks a workspace's chain from its first link on; a break is named once, and what comes after it is checked still. */
export function checkChain(workspaceId: string, keys: AuditKeys | null): ChainCheck {
  const breaks: ChainBreak[] = [];
  let last = NO_HEAD;
  const report = (sequence: bigint, what: string): void => {
    breaks.push({ sequence, what });
  };
  return {
    takeLink(link, line) {
      const { sequence } = link;
      if (link.place !== last.place + 1n)
        report(last.sequence, `${link.place - last.place - 1n} links are missing after this line`);
      else if (link.previous !== last.hash) report(sequence, "its link does not follow the one before it");
      if (sequence <= last.sequence) report(sequence, "its link stands in another order than the trail");
      if (hashOfLink(workspaceId, link) !== link.hash) report(sequence, "its link was rewritten");
      else checkMac(link);
      if (line === null) report(sequence, "the line is gone");
      else if (digestOfLine(line) !== link.eventDigest) report(sequence, "the line was changed");
      last = { place: link.place, sequence, hash: link.hash, keyId: link.keyId, mac: "" };
    },
    takeStranger: (sequence) => report(sequence, "the line was put in afterwards"),
    finish(head) {
      if (head === null && last.place > 0n) report(last.sequence, "the end of the chain is not noted");
      if (head !== null) checkHead(head);
      return breaks.sort((first, second) => (first.sequence < second.sequence ? -1 : 1));
    },
  };

  function checkMac(link: AuditLink): void {
    const problem = problemOfMac(keys, link.keyId, ["link", link.hash], link.mac);
    if (problem !== null) report(link.sequence, `its link ${problem}`);
  }

  function checkHead(head: ChainHead): void {
    if (head.place > last.place)
      report(last.sequence, `${head.place - last.place} links are missing after this line`);
    else if (head.place < last.place || head.hash !== last.hash || head.sequence !== last.sequence)
      report(head.place < last.place ? head.sequence : last.sequence, "the chain ends elsewhere than noted");
    const problem = problemOfMac(keys, head.keyId, headParts(workspaceId, head), head.mac);
    if (problem !== null) report(last.sequence, `the note of the chain's end ${problem}`);
  }
}

/** Null where the mac is right; else the words that say what is the matter with it. */
function problemOfMac(
  keys: AuditKeys | null,
  keyId: string,
  parts: readonly string[],
  mac: string,
): string | null {
  // Were a missing mac let pass beside a key, taking all macs away would make any chain whole.
  if (keyId === "") return keys === null && mac === "" ? null : "was not made with a key of ours";
  const expected = macOf(keys, keyId, parts);
  if (expected === null) return `names the key "${keyId}", which is not among AUDIT_KEYS`;
  const [right, given] = [Buffer.from(expected), Buffer.from(mac)];
  return right.length === given.length && timingSafeEqual(right, given)
    ? null
    : "was not made with a key of ours";
}

const hashOfLink = (workspaceId: string, link: Omit<AuditLink, "hash" | "mac">): string =>
  sha256([
    workspaceId,
    `${link.place}`,
    `${link.sequence}`,
    link.eventDigest,
    link.previous,
    link.keyId,
    `${link.sealedAt.getTime()}`,
  ]);

const macOfHead = (workspaceId: string, head: ChainHead, keys: AuditKeys | null): string | null =>
  macOf(keys, head.keyId, headParts(workspaceId, head));

const headParts = (workspaceId: string, { place, sequence, hash }: ChainHead): string[] => [
  ...["head", workspaceId, `${place}`, `${sequence}`, hash],
];

const sha256 = (parts: readonly (string | null)[]): string =>
  createHash("sha256").update(JSON.stringify(parts)).digest("base64url");

function macOf(keys: AuditKeys | null, keyId: string, parts: readonly string[]): string | null {
  const key = keys?.keys.get(keyId);
  return key ? createHmac("sha256", key).update(JSON.stringify(parts)).digest("base64url") : null;
}
