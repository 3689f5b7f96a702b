import type { ReferenceData } from "@/lib/domain/reference-data";
import type { ValueMaps } from "./value-maps";

/**
 * The same choices read from the ledger to the source. Where several values of the source go to one of the ledger, only an
 * account that is plainly meant comes back: the one that is a bank account, if just one of them is. Otherwise there is none,
 * and its use is a named problem, as for a value that was never mapped.
 */
export function exchangeMaps(maps: ValueMaps, source: ReferenceData, ledger: ReferenceData): ValueMaps {
  const accounts = new Map(source.accounts.map((account) => [account.key, account]));
  const isBank = (key: string): boolean => accounts.get(key)?.isBank === true;
  const never = (): boolean => false;
  return {
    ...maps,
    account: inverted(maps.account, never),
    tax: new Map(
      [...inverted(onSide(maps.tax, "sales"), never)].map(([key, target]) => [`${key}@sales`, target]),
    ),
    paymentAccount: inverted(maps.paymentAccount, isBank),
    tracking: new Map(),
    sourceLabel: new Map(
      ledger.accounts.flatMap(({ key, code, name }) =>
        ["account", "paymentAccount"].map((kind) => [`${kind}:${key}`, `${code} ${name}`.trim()] as const),
      ),
    ),
    accountClass: new Map(source.accounts.map((account) => [account.key, account.accountClass])),
  };
}

/** Taxes of one side by the source's own key. */
function onSide(taxes: ReadonlyMap<string, string>, side: string): ReadonlyMap<string, string> {
  const ending = `@${side}`;
  return new Map(
    [...taxes].flatMap(([key, target]) =>
      key.endsWith(ending) ? [[key.slice(0, -ending.length), target] as const] : [],
    ),
  );
}

function inverted(
  map: ReadonlyMap<string, string>,
  isPreferred: (sourceKey: string) => boolean,
): Map<string, string> {
  const keysOf = new Map<string, string[]>();
  for (const [sourceKey, target] of map)
    if (sourceKey !== "") keysOf.set(target, [...(keysOf.get(target) ?? []), sourceKey]);
  return new Map(
    [...keysOf].flatMap(([target, sourceKeys]) => {
      const preferred = sourceKeys.filter(isPreferred);
      const [only, ...others] = preferred.length === 1 ? preferred : sourceKeys;
      return only !== undefined && others.length === 0 ? [[target, only] as const] : [];
    }),
  );
}
