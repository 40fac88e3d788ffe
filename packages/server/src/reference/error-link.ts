import type { Texts } from '../declare/index.ts'

/** The pages of all errors, in `docs/`. */
export const errorsFile = { en: 'errors.md', zh: 'errors.zh-CN.md' } as const satisfies Texts

/** The entry of a code, seen from the pages beside it. */
export function errorLink(code: string, language: keyof Texts): string {
  return `${errorsFile[language]}#${errorAnchor(code)}`
}

/** Codes have dots and braces in them, an anchor has not. */
export function errorAnchor(code: string): string {
  return code
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/-$/, '')
}
