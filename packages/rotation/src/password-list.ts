import { isLawfulPassword } from './password.ts'

export interface ReadPasswords {
  readonly passwords: ReadonlyMap<string, string>
  /** What is wrong, by line; never what stands there. */
  readonly mistakes: readonly string[]
}

/** Passwords somebody else made, as `serial password`, one a line; `#` begins a line of comment. */
export function readPasswordList(text: string): ReadPasswords {
  const passwords = new Map<string, string>()
  const holders = new Map<string, number>()
  const mistakes: string[] = []
  for (const [index, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const line = `line ${index + 1}`
    if (raw.trim() === '' || raw.startsWith('#')) continue
    const [, serial, password] = /^([A-Za-z0-9-]{1,64})[ \t,]+(\S+)\s*$/.exec(raw) ?? []
    if (serial === undefined || password === undefined) mistakes.push(`${line}: not a serial number and a password`)
    else if (!isLawfulPassword(password))
      mistakes.push(`${line}: a password has 8 to 30 letters, digits or underscores`)
    else if (passwords.has(serial)) mistakes.push(`${line}: a second password for ${serial}`)
    else if (holders.has(password)) mistakes.push(`${line}: the same password as in line ${holders.get(password)}`)
    else {
      passwords.set(serial, password)
      holders.set(password, index + 1)
    }
  }
  return { passwords, mistakes }
}
