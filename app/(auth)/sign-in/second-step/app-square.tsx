/** Quiet modules around a QR code, which readers need (ISO/IEC 18004). */
const MARGIN = 4;

/** What an authenticator app photographs, and the same to type. Black on white in dark as well: apps read no other. */
export function AppSquare({
  app,
}: {
  app: { readonly secret: string; readonly squarePath: string; readonly size: number };
}) {
  const side = app.size + 2 * MARGIN;
  return (
    <ol className="flex list-decimal flex-col gap-3 pl-5 text-sm">
      <li>
        Open an authenticator app, such as Google Authenticator, Microsoft Authenticator or 1Password, and let
        it read this square.
        <svg
          viewBox={`${-MARGIN} ${-MARGIN} ${side} ${side}`}
          role="img"
          aria-label="Square for your authenticator app; the key below is the same"
          className="mt-3 size-52 rounded-md border border-border"
          shapeRendering="crispEdges"
        >
          <rect x={-MARGIN} y={-MARGIN} width={side} height={side} fill="#ffffff" />
          <path d={app.squarePath} fill="#000000" />
        </svg>
        <p className="mt-3 text-muted-foreground">
          Or type this key: <span className="font-mono break-words text-foreground">{app.secret}</span>
        </p>
      </li>
      <li>Type the six digits that the app shows.</li>
    </ol>
  );
}
