import { expect, test } from "vitest";
import { type ConnectionField, connectionValuesSchema } from "./connection-field";

const FIELDS: readonly ConnectionField[] = [
  { name: "address", label: "Address", hint: "", kind: "address", isRequired: true, initial: "" },
  { name: "secret", label: "Secret", hint: "", kind: "secret", isRequired: true, initial: "" },
  { name: "path", label: "Path", hint: "", kind: "text", isRequired: true, initial: "/token" },
  { name: "map", label: "Map", hint: "", kind: "lines", isRequired: false, initial: "" },
  {
    ...{ name: "mode", label: "Mode", hint: "", kind: "choice", isRequired: true, initial: "a" },
    choices: [
      { value: "a", label: "A" },
      { value: "b", label: "B" },
    ],
  },
];
const TYPED = { address: " https://erp.example.com ", secret: "shh", map: "x\ny", mode: "b" };
const read = (values: object) => connectionValuesSchema(FIELDS).safeParse(values);

test("what was typed is trimmed, and what was left empty has its initial value", () => {
  expect(read({ ...TYPED, path: " " }).data).toEqual({
    ...{ address: "https://erp.example.com", secret: "shh", path: "/token", map: "x\ny", mode: "b" },
  });
});

test.each([
  { secret: "" },
  { address: "erp.example.com" },
  { address: "https://erp.example.com/a b" },
  { path: "a\nb" },
  { mode: "c" },
  { secret: "s".repeat(501) },
  { other: "a field that is none" },
])("%j is refused", (change) => {
  expect(read({ ...TYPED, ...change }).success).toBe(false);
});
