import type { Secret } from '@opensag/protocol'

/** What a password to log on to the console with must be. No page says what the rule is before anybody sets one (C). */
export function isLoginPassword(password: Secret): boolean {
  const text = password.reveal()
  const kinds = [/[A-Z]/, /[a-z]/, /[0-9]/, /[^A-Za-z0-9]/].filter((kind) => kind.test(text)).length
  return /^[\x21-\x7e]{8,32}$/.test(text) && kinds >= 3
}
