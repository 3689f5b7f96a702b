/**
 * The words and signs of Xero's filter language, and a cursor over them. Text stands in double quotes; a
 * quote inside it is doubled or comes after a backslash.
 */
import { queryParse } from "../answer";

export interface Token {
  readonly kind: "name" | "text" | "number" | "symbol";
  readonly text: string;
}

const TOKEN =
  /\s*(?:"((?:[^"\\]|\\.|"")*)"|(\d+(?:\.\d+)?)[mMdDfFlL]?|([A-Za-z_][A-Za-z0-9_]*)|(==|!=|<>|>=|<=|&&|\|\||[=<>(),!.-]))/y;

/** The tokens of a filter and how far they have been read. */
export interface Cursor {
  peek(ahead?: number): Token | undefined;
  take(): Token;
  takeSymbol(text: string): void;
  takeText(): string;
  takeNumber(): number;
  /** Whether the next token is one of these words or signs; takes it when so. */
  takeAny(words: readonly string[]): string | null;
}

/** Reads a filter into tokens. Throws a QueryParseException refusal. */
export function openCursor(source: string): Cursor {
  const tokens = tokenise(source);
  let at = 0;
  const take = (): Token => {
    const token = tokens[at];
    if (token === undefined) throw queryParse("Expression expected");
    at += 1;
    return token;
  };
  return {
    peek: (ahead = 0) => tokens[at + ahead],
    take,
    takeSymbol(text) {
      const token = tokens[at];
      if (token?.kind !== "symbol" || token.text !== text)
        throw queryParse(text === ")" ? "')' or operator expected" : `'${text}' expected`);
      at += 1;
    },
    takeText() {
      const token = take();
      if (token.kind !== "text") throw queryParse("String literal expected");
      return token.text;
    },
    takeNumber() {
      const token = take();
      if (token.kind !== "number") throw queryParse("Integer literal expected");
      return Number(token.text);
    },
    takeAny(words) {
      const token = tokens[at];
      if (token === undefined || token.kind === "text") return null;
      const word = token.text.toLowerCase();
      if (!words.includes(word)) return null;
      at += 1;
      return word;
    },
  };
}

function tokenise(source: string): Token[] {
  const tokens: Token[] = [];
  const end = source.trimEnd().length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < end) {
    const from = TOKEN.lastIndex;
    const match = TOKEN.exec(source);
    if (match === null) {
      const rest = source.slice(from).trimStart();
      throw queryParse(
        rest.startsWith('"') ? "Unterminated string literal" : `Syntax error '${rest.slice(0, 1)}'`,
      );
    }
    const [, quoted, number, name, symbol] = match;
    if (quoted !== undefined) tokens.push({ kind: "text", text: quoted.replace(/""|\\(.)/g, unescaped) });
    else if (number !== undefined) tokens.push({ kind: "number", text: number });
    else if (name !== undefined) tokens.push({ kind: "name", text: name });
    else if (symbol !== undefined) tokens.push({ kind: "symbol", text: symbol });
  }
  return tokens;
}

function unescaped(match: string, escaped: string | undefined): string {
  return match === '""' ? '"' : (escaped ?? match);
}
