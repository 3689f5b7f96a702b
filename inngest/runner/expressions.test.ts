import { describe, expect, test } from "vitest";
import {
  bindCondition,
  ExpressionRefused,
  holdsFor,
  keyOf,
  matchTextsOf,
  parseCondition,
  parseKey,
  satisfies,
} from "./expressions";

const event = { name: "e", data: { id: 7, text: "a && b", deep: { flag: true, none: null } } };

describe("conditions", () => {
  test.each([
    ["event.data.id == 7", true],
    ["event.data.id == '7'", false],
    ["event.data.id != 8", true],
    ["event.data.text == 'a && b'", true],
    ['event.data.text == "a && b" && event.data.deep.flag == true', true],
    ["event.data.deep.none == null", true],
    ["event.data.missing == null", false],
    ["event.data.missing == event.data.absent", false],
    ["event.data.missing != 1", true],
  ])("%s is %s", (text, holds) => {
    expect(holdsFor(parseCondition(text), event)).toBe(holds);
  });

  test.each([
    "event.data.id > 7",
    "size(event.data.list) == 2",
    "event.data.id == 7 || true == true",
    "event.data['id'] == 7",
    "other.data.id == 7",
    "event.data.id == 'a\\'b'",
    "event.data.id",
    "event.data.a == event.data.b == event.data.c",
    "",
  ])("%s is refused", (text) => {
    expect(() => parseCondition(text)).toThrow(ExpressionRefused);
  });
});

describe("conditions on a later event", () => {
  const bound = bindCondition(
    parseCondition("event.data.id == async.data.id && async.data.kind != 'test'"),
    event,
  );

  test("the first event's values are filled in", () => {
    expect(bound).toMatchObject({ match: "data.id=7", impossible: false });
    expect(satisfies(bound.clauses, { data: { id: 7, kind: "real" } })).toBe(true);
    expect(satisfies(bound.clauses, { data: { id: 7, kind: "test" } })).toBe(false);
    expect(satisfies(bound.clauses, { data: { id: "7", kind: "real" } })).toBe(false);
    expect(satisfies(bound.clauses, { data: {} })).toBe(false);
  });

  test("the indexed text is among those of every event that can match", () => {
    expect(matchTextsOf({ data: { id: 7, kind: "real" } })).toContain(bound.match);
    expect(matchTextsOf({ data: { id: "7" } })).not.toContain(bound.match);
  });

  test("where the first event lacks the member nothing can match", () => {
    const lacking = bindCondition(parseCondition("event.data.missing == async.data.missing"), event);
    expect(lacking.impossible).toBe(true);
  });

  test("an event with too many members is compared without the index", () => {
    const data = Object.fromEntries(Array.from({ length: 3_000 }, (_, index) => [`m${index}`, index]));
    expect(matchTextsOf({ data })).toBeUndefined();
  });
});

describe("keys", () => {
  test("a key is the text of its members", () => {
    expect(keyOf(parseKey("event.data.id"), event)).toBe("7");
    expect(keyOf(parseKey("event.data.id + '-' + event.data.text"), event)).toBe('7+"-"+"a && b"');
    expect(keyOf(parseKey("'everything'"), event)).toBe('"everything"');
    expect(keyOf(parseKey("event.data.missing"), event)).toBe("null");
  });

  test("different members never give the same key", () => {
    const key = parseKey("event.data.a + event.data.b");
    expect(keyOf(key, { data: { a: "x", b: "yz" } })).not.toBe(keyOf(key, { data: { a: "xy", b: "z" } }));
  });

  test.each(["async.data.id", "event.data.id * 2", "event", "uuid()"])("%s is refused", (text) => {
    expect(() => parseKey(text)).toThrow(ExpressionRefused);
  });
});
