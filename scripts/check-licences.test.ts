import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { checkLicences, listProductionPackages } from "./check-licences";

const aPackage = (licence: string, name = "thing") => ({ name, version: "1.0.0", licence });

test("takes permissive licences, also several at once or one of a choice", () => {
  const licences = [
    "MIT",
    "(Apache-2.0 AND BSD-3-Clause)",
    "MIT and ISC",
    "(MIT OR GPL-3.0)",
    "GPL-2.0 OR MIT",
  ];
  expect(
    checkLicences(
      licences.map((licence) => aPackage(licence)),
      [],
    ),
  ).toEqual([]);
});

test("names every other package, and what is not allowed of it", () => {
  expect(
    checkLicences(
      [
        aPackage("AGPL-3.0-only"),
        aPackage("MIT AND GPL-3.0"),
        aPackage("none named"),
        aPackage("SEE LICENSE IN X"),
      ],
      [],
    ),
  ).toEqual([
    "thing 1.0.0: AGPL-3.0-only",
    "thing 1.0.0: GPL-3.0",
    "thing 1.0.0: none named",
    "thing 1.0.0: SEE LICENSE IN X",
  ]);
});

test("a reason holds for its package and its licence alone, and goes when nobody needs it", () => {
  const reasons = [{ name: "thing", licence: "MPL-2.0", why: "unchanged" }];
  expect(checkLicences([aPackage("MPL-2.0")], reasons)).toEqual([]);
  expect(checkLicences([aPackage("GPL-3.0"), aPackage("MPL-2.0", "other")], reasons)).toEqual([
    "thing 1.0.0: GPL-3.0",
    "other 1.0.0: MPL-2.0",
    "thing: no package needs the reason for MPL-2.0",
  ]);
});

test("reads every package in production of our own lock file and no tool of development", () => {
  const packages = listProductionPackages(readFileSync("package-lock.json", "utf8"));
  const names = packages.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(["next", "react", "@prisma/client"]));
  expect(names).not.toContain("vitest");
  expect(checkLicences(packages)).toEqual([]);
});
