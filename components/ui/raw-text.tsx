/** Text as a machine wrote it, under a title, in a region that scrolls by keys too; nothing where there is none. */
export function RawText({ title, text }: { title: string; text: string }) {
  if (text === "") return null;
  return (
    <section className="flex flex-col gap-1.5" aria-label={title}>
      <h3 className="font-medium text-foreground">{title}</h3>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must take focus to be scrolled by keys
        tabIndex={0}
        className="max-h-96 overflow-auto rounded-md bg-muted p-3 font-mono text-xs"
      >
        {text}
      </pre>
    </section>
  );
}
