import type { Secret } from '@opensag/protocol'
import { bytesRule } from '../declare/bytes-pattern.ts'
import { kindsOf } from '../model/password-policy.ts'

const isPrintable = bytesRule(/^[\x21-\x7e]{8,32}$/)

/** What a password to log on to the console with must be. No page says what the rule is before anybody sets one (C). */
export function isLoginPassword(password: Secret): boolean {
  const bytes = password.revealBytes()
  const { capitals, smallLetters, digits, others } = kindsOf(bytes)
  const kinds = [capitals, smallLetters, digits, others].filter(Boolean).length
  return isPrintable(bytes) && kinds >= 3
}
