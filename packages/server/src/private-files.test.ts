import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { NotPrivate, readPrivate, requirePrivateFolder } from './private-files.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opensag-private-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const stranger = 4_000_000

async function fileOf(mode: number): Promise<string> {
  const file = join(folder, 'master.key')
  await writeFile(file, 'secret')
  await chmod(file, mode)
  return file
}

test.each([0o600, 0o400])('a file of mode %o is read', async (mode) => {
  expect(String(await readPrivate(await fileOf(mode)))).toBe('secret')
})

test.each([0o640, 0o604, 0o620, 0o602, 0o644])('a file of mode %o is refused, and the cure is said', async (mode) => {
  const file = await fileOf(mode)
  await expect(readPrivate(file)).rejects.toThrow(`chmod 600 ${file}`)
  await expect(readPrivate(file)).rejects.toThrow(NotPrivate)
})

test('a file that is not there is no error', async () => {
  expect(await readPrivate(join(folder, 'none'))).toBeUndefined()
})

test.each([0o755, 0o750, 0o700, 0o500])('a folder of mode %o is private enough', async (mode) => {
  await chmod(folder, mode)
  const stats = await stat(folder)
  expect(() => requirePrivateFolder(folder, stats, stats.uid)).not.toThrow()
})

test.each([0o770, 0o707, 0o1777])('a folder of mode %o is refused: others may write into it', async (mode) => {
  await chmod(folder, mode)
  const stats = await stat(folder)
  expect(() => requirePrivateFolder(folder, stats, stats.uid)).toThrow(`mode ${mode.toString(8)}`)
})

test('what belongs to another user is refused, unless that is the superuser', async () => {
  const file = await fileOf(0o600)
  const mine = await stat(folder)
  const foreign = Object.assign(await stat(folder), { uid: stranger })
  expect(() => requirePrivateFolder(folder, foreign, mine.uid)).toThrow(`belongs to user ${stranger}`)
  expect(() => requirePrivateFolder(folder, Object.assign(foreign, { uid: 0 }), stranger)).not.toThrow()
  if (mine.uid !== 0) await expect(readPrivate(file, stranger)).rejects.toThrow(`chown ${stranger} ${file}`)
})
