/** The hash of the password a change brings. */
export function hashOf(changeId: string): string {
  return `hash of ${changeId}`
}
