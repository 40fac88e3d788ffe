// Checksums of everything in a folder, and the signature of that list. The password of the key goes from standard input to
// minisign and nowhere else.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const list = 'SHA256SUMS'

/** As `sha256sum --check` reads it. @returns {Map<string, string>} sums by name */
export function sumsOf(folder) {
  const names = readdirSync(folder).filter((name) => !name.startsWith(list))
  return new Map(
    names.sort().map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex'),
    ]),
  )
}

export function writeSums(folder) {
  writeFileSync(join(folder, list), [...sumsOf(folder)].map(([name, sum]) => `${sum}  ${name}\n`).join(''))
}

/** Takes the password from standard input unless that is a terminal, where minisign asks for it itself. */
export function openKey(key) {
  const password = process.stdin.isTTY ? undefined : readFileSync(0)
  return {
    /** Why it signs nothing; found out before anything is built. A terminal is asked once only, at the end. */
    trouble() {
      if (password === undefined) return undefined
      const folder = mkdtempSync(join(tmpdir(), 'opensag-release-key-'))
      try {
        writeFileSync(join(folder, list), '')
        return minisign(folder, 'trial')
      } finally {
        rmSync(folder, { recursive: true })
      }
    },
    /** Writes `SHA256SUMS.minisig`. @returns why it could not be made */
    sign: (folder, comment) => minisign(folder, comment),
    forget: () => void password?.fill(0),
  }

  function minisign(folder, comment) {
    const { status, error, stderr } = spawnSync('minisign', ['-S', '-s', key, '-m', list, '-t', comment], {
      cwd: folder,
      ...(password === undefined ? { stdio: 'inherit' } : { input: password, stdio: ['pipe', 'ignore', 'pipe'] }),
    })
    return status === 0 ? undefined : `minisign does not sign with ${key}: ${error?.message ?? lastLine(stderr)}`
  }
}

const lastLine = (text) =>
  `${text ?? ''}`
    .trim()
    .split('\n')
    .at(-1)
    ?.replace(/^Password: */, '') ?? ''
