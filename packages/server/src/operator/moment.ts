/** A time as commands show it, ISO 8601 in UTC; null: it has not come. */
export function moment(at: number | undefined): string | null {
  return at === undefined ? null : new Date(at).toISOString()
}
