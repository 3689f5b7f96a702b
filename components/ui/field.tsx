import { CircleAlert } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "./class-names";

/** One labelled control. Tie its parts with `htmlFor`, and the control's `aria-describedby` to the ids below it. */
export function Field({ className, ...props }: ComponentProps<"div">) {
  return <div className={cn("flex flex-col gap-1.5", className)} {...props} />;
}

export function FieldLabel({ className, ...props }: ComponentProps<"label">) {
  // biome-ignore lint/a11y/noLabelWithoutControl: the caller gives htmlFor
  return <label className={cn("text-sm font-medium", className)} {...props} />;
}

export function FieldDescription({ className, ...props }: ComponentProps<"p">) {
  return <p className={cn("text-sm text-muted-foreground", className)} {...props} />;
}

export function FieldError({ className, children, ...props }: ComponentProps<"p">) {
  if (!children) return null;
  return (
    <p className={cn("flex items-start gap-1.5 text-sm font-medium text-destructive", className)} {...props}>
      <CircleAlert className="mt-0.5 size-4 shrink-0" aria-hidden="true" />
      <span>{children}</span>
    </p>
  );
}
