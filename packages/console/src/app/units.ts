const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const
const bitUnits = ['bit/s', 'kbit/s', 'Mbit/s', 'Gbit/s', 'Tbit/s'] as const

/** `12 Mbit/s`: units of 1000, as bandwidths have. */
export function rateText(bits: number): string {
  return inUnits(bits, bitUnits)
}

/** `1.5 MB`, in the same way. */
export function bytesText(bytes: number): string {
  return inUnits(bytes, byteUnits)
}

function inUnits(value: number, units: readonly string[]): string {
  let rest = value
  let unit = 0
  // What would be rounded to 1000 is 1 of the next.
  while (rest >= 999.5 && unit < units.length - 1) {
    rest /= 1000
    unit += 1
  }
  const digits = unit > 0 && rest < 9.95 ? 1 : 0
  return `${rest.toFixed(digits).replace(/\.0$/, '')} ${units[unit]}`
}
