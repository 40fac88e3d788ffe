import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { troubleIn, troubleWith } from './trouble.ts'

test.each([
  ['ENOSPC', /The disk of \/data\/a is full\. Free some space \(df -h \/data/],
  ['EDQUOT', /quota/],
  ['EROFS', /mounted read-only\. Remount it/],
  ['EACCES', /No permission for \/data\/a\. Run this as the user it belongs to/],
  ['EPERM', /No permission/],
  ['ENOTDIR', /a part of this path is a file/],
  ['EMFILE', /ulimit -n/],
])('%s is named with its cure', (code, says) => {
  const error = Object.assign(new Error(`${code}: as the system says it`), { code, path: '/data/a' })
  expect(troubleIn(error)).toMatch(says)
  expect(troubleIn(error)).not.toContain(code)
})

test('a certificate of a private authority is named with the variable that makes it trusted', () => {
  const cause = Object.assign(new Error('self-signed certificate'), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' })
  const said = troubleIn(new TypeError('fetch failed', { cause }))
  expect(said).toMatch(
    /^The certificate of the server is not trusted here \(self-signed certificate\)\..* NODE_EXTRA_CA_CERTS\.$/,
  )
})

test('what the system itself throws is recognised', () => {
  const folder = mkdtempSync(join(tmpdir(), 'opensag-trouble-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const [path, says] of [
    [join(folder, 'none'), 'does not exist'],
    [folder, 'is a folder'],
  ] as const) {
    let thrown: unknown
    try {
      readFileSync(path)
    } catch (error) {
      thrown = error
    }
    const said = troubleIn(thrown) ?? troubleWith(path, (thrown as NodeJS.ErrnoException).code ?? '')
    expect(said).toContain(says)
  }
})

test.each([
  ['SQLITE_FULL', /The disk of \/data is full/],
  ['SQLITE_READONLY_DIRECTORY', /\/data is on a file system that is mounted read-only/],
  ['SQLITE_CANTOPEN', /No permission for \/data/],
])('%s of the database is the same trouble', (code, says) => {
  expect(troubleIn(Object.assign(new Error(code), { code, path: '/data' }))).toMatch(says)
})

test('a full disk is named without a path, too, and behind the failure that hides it', () => {
  const full = Object.assign(new Error('x'), { code: 'ENOSPC' })
  expect(troubleIn(full)).toMatch(/disk of the data is full/)
  expect(troubleIn(new Error('The copy failed.', { cause: full }))).toMatch(/disk of the data is full/)
  expect(troubleIn(Object.assign(new Error('x'), { code: 'EACCES' }))).toBeUndefined()
})

test('what has no cure of its own is left to others', () => {
  expect(troubleIn(new Error('anything'))).toBeUndefined()
  expect(troubleIn(Object.assign(new Error('x'), { code: 'ECONNRESET', path: '/a' }))).toBeUndefined()
  expect(troubleIn('text')).toBeUndefined()
})
