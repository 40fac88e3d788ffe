/** `+08:00`, of minutes ahead of UTC. */
export function offsetText(minutes: number): string {
  const size = Math.abs(minutes)
  const parts = [Math.floor(size / 60), size % 60].map((part) => String(part).padStart(2, '0'))
  return `${minutes < 0 ? '-' : '+'}${parts.join(':')}`
}

/** Minutes that the clock of this browser is ahead of UTC. */
export function minutesAhead(): number {
  return -new Date().getTimezoneOffset()
}
