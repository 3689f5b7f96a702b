/**
 * Why a run ended, for its owner. The error itself went to the log; step errors cross a wire as plain text, so only
 * the vendor's own sentence (already free of secrets) is kept.
 */
export function describeFailure(error: { readonly message: string }): string {
  return `The run stopped: ${error.message.replace(/\.$/, "")}. What was posted is kept and nothing is posted twice. You can start again.`;
}
