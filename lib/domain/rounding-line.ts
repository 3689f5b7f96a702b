/**
 * Description of the line that carries a rounding difference, so that a person in the ledger knows where a penny
 * comes from, and a tie-out can tell it from goods.
 */
export const ROUNDING_DESCRIPTION = "Rounding difference (tax rounded by document in the source)";
