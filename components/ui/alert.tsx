import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "./class-names";

const TONES = {
  note: { Icon: Info, ground: "bg-muted", ink: "text-muted-foreground" },
  success: { Icon: CircleCheck, ground: "bg-success-soft", ink: "text-success" },
  warning: { Icon: TriangleAlert, ground: "bg-warning-soft", ink: "text-warning" },
  destructive: { Icon: CircleAlert, ground: "bg-destructive-soft", ink: "text-destructive" },
} as const;

/** A message in place. Pass `role="alert"` where it appears in answer to what the person just did. */
export function Alert({
  className,
  tone = "note",
  title,
  children,
  ...props
}: Omit<ComponentProps<"div">, "title"> & { tone?: keyof typeof TONES; title?: string }) {
  const { Icon, ground, ink } = TONES[tone];
  return (
    <div className={cn("flex gap-3 rounded-lg px-4 py-3 text-sm", ground, className)} {...props}>
      <Icon className={cn("mt-0.5 size-4 shrink-0", ink)} aria-hidden="true" />
      <div className="flex min-w-0 flex-col gap-1">
        {title ? <p className="font-medium">{title}</p> : null}
        {children ? <div className="text-foreground">{children}</div> : null}
      </div>
    </div>
  );
}
