/** One thing that is handed over to somebody. */
export interface HandedOver {
  readonly label: string
  readonly value: string
  readonly secret?: boolean
}

/** All of it as a message has it. */
export function handOverText(items: readonly HandedOver[]): string {
  return items.map(({ label, value }) => `${label}: ${value}`).join('\n')
}

/** The page to log on at, with the name filled in. */
export function logonLink(origin: string, name: string): string {
  return `${origin}/console/#/?${new URLSearchParams({ user: name })}`
}
