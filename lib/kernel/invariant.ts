/** Throws when something that the program itself guarantees does not hold. Never for bad input. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new InvariantError(message);
}

export class InvariantError extends Error {
  override readonly name = "InvariantError";
}
