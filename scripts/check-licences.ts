/**
 * Whether every package that goes into production is under a licence that lets it: the ones on the list, or a package that
 * is named here with its reason. Reads package-lock.json alone, so that packages for other platforms count as well. Pure.
 */
import { z } from "zod";

/** Permissive ones: keep the notice, and that is all. */
const allowed = new Set([
  ...[
    "0BSD",
    "Apache-2.0",
    "BlueOak-1.0.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "MIT",
    "MIT-0",
    "Unlicense",
  ],
]);

/** What else there is, by the beginning of its name: licence as the package spells it, and why it may. */
export const licenceReasons: readonly {
  readonly name: string;
  readonly licence: string;
  readonly why: string;
}[] = [
  {
    name: "@img/sharp",
    licence: "LGPL-3.0-or-later",
    why: "a shared library (libvips) beside Next.js, unchanged",
  },
  { name: "@fontsource-variable/inter", licence: "OFL-1.1", why: "a font, unchanged" },
  { name: "argparse", licence: "Python-2.0", why: "permissive: keep the notice" },
  { name: "caniuse-lite", licence: "CC-BY-4.0", why: "data about browsers, used while building" },
  {
    name: "dejavu-fonts-ttf",
    licence: "SEE LICENSE IN README.md AND LICENSE",
    why: "a font under the Bitstream Vera licence, which is permissive, unchanged",
  },
  {
    name: "elkjs",
    licence: "EPL-2.0",
    why: "comes with Prisma's command line, unchanged, and the product loads it never",
  },
  { name: "png-js", licence: "none named", why: "its LICENSE file is MIT's" },
  { name: "seq-queue", licence: "none named", why: "its LICENSE file is MIT's" },
  { name: "lightningcss", licence: "MPL-2.0", why: "unchanged, used while building" },
];

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      license: z.string().optional(),
      dev: z.boolean().optional(),
      link: z.boolean().optional(),
    }),
  ),
});

export interface ProductionPackage {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
}

/** Every package of the lock file but those for development, at any depth. */
export function listProductionPackages(lockText: string): ProductionPackage[] {
  const { packages } = lockSchema.parse(JSON.parse(lockText));
  return Object.entries(packages).flatMap(([place, { version = "", license = "none named", dev, link }]) =>
    place === "" || dev || link
      ? []
      : [{ name: place.slice(place.lastIndexOf("node_modules/") + 13), version, licence: license }],
  );
}

/** One sentence for each package whose licence is neither allowed nor given a reason, and for each reason nobody needs. */
export function checkLicences(packages: readonly ProductionPackage[], reasons = licenceReasons): string[] {
  const used = new Set<string>();
  const problems = packages.flatMap(({ name, version, licence }) => {
    const reason = reasons.find((one) => name.startsWith(one.name));
    const unknown = termsOf(licence).filter((term) => !allowed.has(term) && reason?.licence !== term);
    if (reason && termsOf(licence).includes(reason.licence)) used.add(reason.name);
    return unknown.length === 0 ? [] : [`${name} ${version}: ${unknown.join(", ")}`];
  });
  const idle = reasons.filter(({ name }) => !used.has(name));
  return [
    ...problems,
    ...idle.map(({ name, licence }) => `${name}: no package needs the reason for ${licence}`),
  ];
}

/** The licences that all hold at once; where a package leaves the choice, one allowed is enough. */
function termsOf(licence: string): string[] {
  const choices = licence.replace(/^\((.*)\)$/, "$1").split(/\s+or\s+/i);
  const choice = choices.find((one) => allowed.has(one.trim()));
  if (choice !== undefined) return [choice.trim()];
  if (licence.startsWith("SEE ") || licence === "none named" || choices.length > 1) return [licence];
  return licence.replace(/[()]/g, "").split(/\s+and\s+/i);
}
