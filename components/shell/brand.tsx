/** The mark: two columns of figures over an accountant's double rule, the sign of a total that agrees. */
export function BrandMark({ className = "size-7" }: { className?: string }) {
  return (
    <svg viewBox="0 0 28 28" className={className} aria-hidden="true">
      <rect width="28" height="28" rx="7" className="fill-primary" />
      <g className="fill-primary-foreground">
        <rect x="7" y="6.5" width="5" height="9" rx="1.25" />
        <rect x="16" y="6.5" width="5" height="9" rx="1.25" />
        <rect x="7" y="18" width="14" height="1.6" rx="0.8" />
        <rect x="7" y="21" width="14" height="1.6" rx="0.8" />
      </g>
    </svg>
  );
}

export function Brand() {
  return (
    <span className="inline-flex items-center gap-2 font-semibold">
      <BrandMark />
      Tieout
    </span>
  );
}
