import { ApiError } from '@opensag/smartag-client'
import type { logonTexts } from './logon.texts.ts'

type Words = (typeof logonTexts)['en']

/** What a refused logon is called on the page; undefined where the page has no words of its own for it. */
export function refusedText(problem: unknown, t: Words, usedKey: boolean): string | undefined {
  // The browser asked for a security key, and the person gave up or had none.
  if (problem instanceof DOMException) return t.keyGivenUp
  if (!(problem instanceof ApiError)) return undefined
  const known: Readonly<Record<string, string>> = {
    WrongPassword: t.wrong,
    Throttled: t.throttled,
    PasswordResetRequired: t.mustChange,
    InvalidNewPassword: t.badNewPassword,
    SecondFactorRequired: t.codeNeeded,
    SecondFactorFailed: usedKey ? t.keyWrong : t.codeWrong,
    SecurityKeyCopied: t.keyCopied,
    SecurityKeyElsewhere: t.keyElsewhere,
    SecondFactorNotBound: t.factorMissing,
    PasswordExpired: t.expired,
    NetworkNotAllowed: t.network,
  }
  return (
    known[problem.code] ?? (/^(InvalidAccessKeyId|SignatureDoesNotMatch)/.test(problem.code) ? t.wrongKey : undefined)
  )
}
