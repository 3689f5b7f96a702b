/**
 * JSON.parse that never changes an amount. A JavaScript number holds 15 significant digits; a literal with more comes
 * back as the text that was sent, which the schemas read as an exact decimal. Node 20 gives a reviver no source text,
 * hence the pass over the text first.
 */
const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d[\d.]*(?:[eE][+-]?\d+)?/g;
const SIGNIFICANT_DIGITS_MAX = 15;

/** The value of a JSON text; throws a SyntaxError when it is none. */
export function parseExactJson(text: string): unknown {
  return JSON.parse(
    text.replace(STRING_OR_NUMBER, (token) =>
      token.startsWith('"') || significantDigits(token) <= SIGNIFICANT_DIGITS_MAX ? token : `"${token}"`,
    ),
  );
}

/** The value, or null where the text is no whole JSON. */
export function parseJsonOrNull(text: string): unknown {
  try {
    return parseExactJson(text);
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return null;
    throw thrown;
  }
}

function significantDigits(literal: string): number {
  const [mantissa = ""] = literal.split(/[eE]/);
  return mantissa.replace(/[-.]/g, "").replace(/^0+/, "").length;
}
