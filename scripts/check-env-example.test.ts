import { expect, it } from "vitest";
import { checkEnvExample } from "./check-env-example";

const names = ["APP_ORIGIN", "LOG_LEVEL"];

it("accepts an example that names each setting once, set or commented out", () => {
  expect(
    checkEnvExample("# where users come in\nAPP_ORIGIN=http://localhost:3000\n# LOG_LEVEL=info\n", names),
  ).toEqual([]);
});

it("reports a setting that the example leaves out", () => {
  expect(checkEnvExample("APP_ORIGIN=\n", names)).toEqual(["LOG_LEVEL is read and not in .env.example"]);
});

it("reports a name that nothing reads", () => {
  expect(checkEnvExample("APP_ORIGIN=\nLOG_LEVEL=\nOLD_NAME=1\n", names)).toEqual([
    "OLD_NAME is in .env.example and never read",
  ]);
});

it("reports a name that stands twice", () => {
  expect(checkEnvExample("APP_ORIGIN=\nLOG_LEVEL=\n#LOG_LEVEL=debug\n", names)).toEqual([
    "LOG_LEVEL stands twice in .env.example",
  ]);
});
