import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeFolderDurably, writeDurably, writeNewDurably } from './durable-files.ts'

// What a power cut leaves of all this: test/durability.

let parent: string
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'opensag-files-'))
})
afterEach(() => rm(parent, { recursive: true, force: true }))

const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777

test('a folder is made with those around it, for its owner alone, and keeps its mode afterwards', async () => {
  const folder = join(parent, 'some', 'where')
  await makeFolderDurably(folder)
  expect([await modeOf(join(parent, 'some')), await modeOf(folder)]).toEqual([0o700, 0o700])
  await makeFolderDurably(folder)
})

test('where a file is in the way, no folder is made and the file stays', async () => {
  await writeFile(join(parent, 'file'), 'content')
  await expect(makeFolderDurably(join(parent, 'file', 'folder'))).rejects.toThrow('ENOTDIR')
  expect(await readFile(join(parent, 'file'), 'utf8')).toBe('content')
})

test.skipIf(process.platform !== 'linux')(
  'where the system makes no folder, the start is refused and does not spin',
  async () => {
    await expect(makeFolderDurably('/proc/opensag/data')).rejects.toThrow('ENOENT')
  },
)

test('two that make the same folder at once both have it', async () => {
  const folder = join(parent, 'a', 'b', 'c')
  await Promise.all(Array.from({ length: 8 }, () => makeFolderDurably(folder)))
  expect(await modeOf(folder)).toBe(0o700)
})

test('when a write fails, nothing half-written is left', async () => {
  await expect(writeDurably(join(parent, 'none', 'file'), 'content')).rejects.toThrow('ENOENT')
  await writeDurably(join(parent, 'file'), 'content')
  expect(await readdir(parent)).toEqual(['file'])
})

test('a new file is private unless said otherwise, and replaces nothing', async () => {
  await writeNewDurably(join(parent, 'file'), 'content')
  await expect(writeNewDurably(join(parent, 'file'), 'other')).rejects.toThrow('EEXIST')
  await writeNewDurably(join(parent, 'public'), 'content', 0o644)
  expect(await readFile(join(parent, 'file'), 'utf8')).toBe('content')
  expect([await modeOf(join(parent, 'file')), await modeOf(join(parent, 'public'))]).toEqual([0o600, 0o644])
  expect((await readdir(parent)).sort()).toEqual(['file', 'public'])
})
