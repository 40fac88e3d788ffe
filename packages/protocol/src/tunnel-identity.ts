/**
 * What a device is called in its certificate and by IKE, the same for both ends of a tunnel: `SERIAL.sag` in lower case. IKE
 * and X.509 compare names without regard to case, and serial numbers differ by it: a serial number with capitals has one
 * label more, `cBITS`, whose bits (hexadecimal, the first character counts least) say which characters they are.
 */
export function tunnelIdentityOf(serial: string): string {
  const lower = serial.toLowerCase()
  const capitals = [...serial].reduce((bits, one, at) => (one === lower[at] ? bits : bits | (1n << BigInt(at))), 0n)
  return capitals === 0n ? `${lower}.sag` : `${lower}.c${capitals.toString(16)}.sag`
}
