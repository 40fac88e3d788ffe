/**
 * Firmware versions are dotted numbers (`2.3.1.1`), compared part by part; missing parts count as 0, because shorter
 * forms such as `1.0.0` are published too (D).
 */
export function isVersion(text: string): boolean {
  return /^\d{1,9}(\.\d{1,9}){0,3}$/.test(text)
}

/** Negative, 0 or positive as `a` is lower than, equal to or higher than `b`; undefined when either is no version. */
export function compareVersions(a: string, b: string): number | undefined {
  if (!isVersion(a) || !isVersion(b)) return undefined
  const left = a.split('.')
  const right = b.split('.')
  for (let part = 0; part < 4; part += 1) {
    const difference = Number(left[part] ?? 0) - Number(right[part] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/** A version nobody can read is not known to be recent enough. */
export function isAtLeast(version: string, floor: string): boolean {
  const order = compareVersions(version, floor)
  return order !== undefined && order >= 0
}
