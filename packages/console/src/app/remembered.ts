/**
 * Choices that outlive the page: language, colours, region. Never a secret. A browser may refuse to keep anything; then
 * the choice lasts as long as the page.
 */
export function remembered<T extends string>(name: string, known: (text: string) => text is T): T | undefined {
  const kept = storageOf('localStorage')?.getItem(`opensag.${name}`) ?? undefined
  return kept !== undefined && known(kept) ? kept : undefined
}

export function remember(name: string, value: string): void {
  storageOf('localStorage')?.setItem(`opensag.${name}`, value)
}

/** What the browser keeps, for good or for this tab; undefined where it refuses to. */
export function storageOf(kind: 'localStorage' | 'sessionStorage'): Storage | undefined {
  try {
    return globalThis[kind]
  } catch (error) {
    // A browser that blocks storage says so by this error; anything else is a defect.
    if (error instanceof DOMException && error.name === 'SecurityError') return undefined
    throw error
  }
}
