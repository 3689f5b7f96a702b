import { randomBytes, randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type AuditKeys,
  type AuditLine,
  type AuditLink,
  type ChainBreak,
  type ChainHead,
  checkChain,
  linkLines,
  NO_HEAD,
} from "./chain";

const WORKSPACE = "00000000-0000-4000-8000-000000000001";
const KEYS: AuditKeys = { currentId: "k1", keys: new Map([["k1", randomBytes(32)]]) };
const OTHER_KEYS: AuditKeys = { currentId: "k1", keys: new Map([["k1", randomBytes(32)]]) };
const NOW = new Date("2026-11-21T12:00:00Z");

interface Trail {
  lines: AuditLine[];
  links: AuditLink[];
  head: ChainHead;
}

function aLine(sequence: number, more: Partial<AuditLine> = {}): AuditLine {
  return {
    id: randomUUID(),
    sequence: BigInt(sequence),
    workspaceId: WORKSPACE,
    actorUserId: null,
    action: "record.excluded",
    subject: `invoice ${sequence}`,
    before: null,
    after: '{"total": "12.30"}',
    atMs: 1_700_000_000_000n + BigInt(sequence),
    ...more,
  };
}

/** Places in the trail have gaps, since other workspaces' lines lie between. */
function aTrail(length: number, keys: AuditKeys | null = KEYS): Trail {
  const lines = Array.from({ length }, (_, index) => aLine(3 + index * 3));
  const half = linkLines(WORKSPACE, NO_HEAD, lines.slice(0, length / 2), NOW, keys);
  const rest = linkLines(WORKSPACE, half.head, lines.slice(length / 2), NOW, keys);
  return {
    lines,
    links: [...half.links, ...rest.links],
    head: rest.links.length > 0 ? rest.head : half.head,
  };
}

/** As the database is read: links in order with the line at their place, then the lines that no link knows. */
function check(trail: Trail, head: ChainHead | null = trail.head, keys = KEYS): readonly ChainBreak[] {
  const chain = checkChain(WORKSPACE, keys);
  const lineAt = new Map(trail.lines.map((line) => [line.sequence, line]));
  for (const link of trail.links) chain.takeLink(link, lineAt.get(link.sequence) ?? null);
  const known = new Set(trail.links.map((link) => link.sequence));
  const end = BigInt(Math.max(0, ...trail.links.map((link) => Number(link.sequence))));
  for (const { sequence } of trail.lines)
    if (!known.has(sequence) && sequence <= end) chain.takeStranger(sequence);
  return chain.finish(head);
}

/** Whoever has the database can work out all hashes anew, and has no key. */
function forge(lines: readonly AuditLine[]): Trail {
  const made = linkLines(WORKSPACE, NO_HEAD, lines, NOW, OTHER_KEYS);
  return { lines: [...lines], links: [...made.links], head: made.head };
}

const TAMPERS: Readonly<Record<string, (trail: Trail, at: number) => void>> = {
  "a changed action": ({ lines }, at) => void lines.splice(at, 1, { ...lineOf(lines, at), action: "other" }),
  "a changed digit in what was after": ({ lines }, at) =>
    void lines.splice(at, 1, { ...lineOf(lines, at), after: '{"total": "12.31"}' }),
  "a changed time": ({ lines }, at) => void lines.splice(at, 1, { ...lineOf(lines, at), atMs: 0n }),
  "another person": ({ lines }, at) =>
    void lines.splice(at, 1, { ...lineOf(lines, at), actorUserId: randomUUID() }),
  "a deleted line": ({ lines }, at) => void lines.splice(at, 1),
  "a deleted line with its link": ({ lines, links }, at) => {
    lines.splice(at, 1);
    links.splice(at, 1);
  },
  "a line put in between": ({ lines }, at) =>
    void lines.splice(at, 0, aLine(Number(lineOf(lines, at).sequence) - 1)),
  "a line exchanged with its neighbour": ({ lines }, at) => {
    const [one, two] = [lineOf(lines, at), lineOf(lines, at === 0 ? 1 : at - 1)];
    lines.splice(lines.indexOf(one), 1, { ...two, sequence: one.sequence });
    lines.splice(lines.indexOf(two), 1, { ...one, sequence: two.sequence });
  },
  "an end that was cut off": ({ lines, links }, at) => {
    lines.splice(at);
    links.splice(at);
  },
  "links that were cut off": ({ links }, at) => void links.splice(at),
  "a rewritten hash": ({ links }, at) => void links.splice(at, 1, { ...linkOf(links, at), hash: "x" }),
  "a rewritten time of sealing": ({ links }, at) =>
    void links.splice(at, 1, { ...linkOf(links, at), sealedAt: new Date(0) }),
  "a mac taken away": ({ links }, at) =>
    void links.splice(at, 1, { ...linkOf(links, at), keyId: "", mac: "" }),
  "a line and all links from it on, worked out anew without the key": (trail, at) => {
    const forged = forge(
      trail.lines.map((line, index) => (index === at ? { ...line, subject: "forged" } : line)),
    );
    trail.lines = forged.lines;
    trail.links = [...trail.links.slice(0, at), ...forged.links.slice(at)];
    trail.head = forged.head;
  },
};

const lineOf = (lines: readonly AuditLine[], at: number): AuditLine => lines[at] ?? aLine(0);
const linkOf = (links: readonly AuditLink[], at: number): AuditLink => {
  const link = links[at];
  if (!link) throw new Error("there is such a link");
  return link;
};

describe("the chain over the audit trail", () => {
  it("is whole as it was made, with a key and without", () => {
    expect(check(aTrail(20))).toEqual([]);
    const plain = aTrail(20, null);
    const chain = checkChain(WORKSPACE, null);
    for (const [index, link] of plain.links.entries()) chain.takeLink(link, plain.lines[index] ?? null);
    expect(chain.finish(plain.head)).toEqual([]);
  });

  it.each(Object.keys(TAMPERS))("shows %s, at its place or before it", (name) => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 24 }), fc.nat(), (length, choice) => {
        const trail = aTrail(length);
        const at = choice % length;
        const place = trail.lines[at]?.sequence ?? 0n;
        TAMPERS[name]?.(trail, at);
        const [first] = check(trail);
        expect(first, `${length} lines, at ${at}`).toBeDefined();
        expect(first?.sequence ?? place + 1n).toBeLessThanOrEqual(place);
      }),
    );
  });

  it("names a changed line and no other", () => {
    const trail = aTrail(12);
    TAMPERS["a changed action"]?.(trail, 5);
    expect(check(trail)).toEqual([{ sequence: 18n, what: "the line was changed" }]);
  });

  it("shows a note of its end that was put back, or is gone", () => {
    const trail = aTrail(12);
    const earlier = linkLines(WORKSPACE, NO_HEAD, trail.lines.slice(0, 6), NOW, KEYS).head;
    expect(check(trail, earlier)).toEqual([{ sequence: 18n, what: "the chain ends elsewhere than noted" }]);
    expect(check(trail, null)).toEqual([{ sequence: 36n, what: "the end of the chain is not noted" }]);
  });

  it("does not belong to another workspace", () => {
    const { links, lines, head } = aTrail(3);
    const elsewhere = checkChain("00000000-0000-4000-8000-000000000002", KEYS);
    for (const [index, link] of links.entries()) elsewhere.takeLink(link, lines[index] ?? null);
    expect(elsewhere.finish(head).length).toBeGreaterThanOrEqual(3);
  });

  it("goes on under a new key, and is checked with both", () => {
    const old = aTrail(4);
    const keys: AuditKeys = { currentId: "k2", keys: new Map([...KEYS.keys, ["k2", randomBytes(32)]]) };
    const more = [aLine(100), aLine(101)];
    const next = linkLines(WORKSPACE, old.head, more, NOW, keys);
    const both = { lines: [...old.lines, ...more], links: [...old.links, ...next.links], head: next.head };
    expect(check(both, both.head, keys)).toEqual([]);
    expect(check(both)[0]?.what).toBe('its link names the key "k2", which is not among AUDIT_KEYS');
  });
});
