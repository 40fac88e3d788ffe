/**
 * Whether a key may say this number after that one. Each signature of a key that counts has a higher one; two that are not are
 * of a copy (WebAuthn 6.1.1). Passkeys that are kept on several devices do not count: they always say 0.
 */
export function mayFollow(counter: number, last: number): boolean {
  return counter > last || (counter === 0 && last === 0)
}
