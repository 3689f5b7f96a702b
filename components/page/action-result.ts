/**
 * What every server action answers. Expected refusals carry a sentence for the person; for anything else the text is
 * fixed and `errorId` leads to the log line.
 */
export type ActionResult<T> =
  | { readonly ok: true; readonly data: T }
  | {
      readonly ok: false;
      readonly fieldErrors: Readonly<Record<string, string>>;
      readonly formError: string | null;
      readonly errorId: string | null;
    };
