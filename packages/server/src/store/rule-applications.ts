import type { Applications } from '@opensag/protocol'

/** What a rule is for, of its column; nothing where it is for all. */
export function applicationsOf({ applications }: { readonly applications: string | null }): {
  readonly applications?: Applications
} {
  return applications === null ? {} : { applications: JSON.parse(applications) as Applications }
}

export function applicationsColumn({
  applications,
}: {
  readonly applications?: Applications | undefined
}): string | null {
  return applications === undefined ? null : JSON.stringify(applications)
}
