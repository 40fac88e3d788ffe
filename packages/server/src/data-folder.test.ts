import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { masterKey, nodeId, openDataFolder } from './data-folder.ts'

let parent: string
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'opensag-data-'))
})
afterEach(() => rm(parent, { recursive: true, force: true }))

const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777

describe('the data folder', () => {
  test('is made for its owner alone', async () => {
    const { path } = await openDataFolder(join(parent, 'deep', 'data'))
    expect(await modeOf(path)).toBe(0o700)
  })

  test('keeps the mode it has, and is refused where others may write', async () => {
    await chmod(parent, 0o755)
    await openDataFolder(parent)
    expect(await modeOf(parent)).toBe(0o755)
    await chmod(parent, 0o777)
    await expect(openDataFolder(parent)).rejects.toThrow('mode 777')
    expect(await modeOf(parent)).toBe(0o777)
  })

  test('keeps its master key, readable by its owner alone', async () => {
    const { masterKey: file } = await openDataFolder(parent)
    const made = await masterKey(file, { mayCreate: true })
    expect(made).toHaveLength(32)
    expect(await modeOf(file)).toBe(0o600)
    expect(await masterKey(file, { mayCreate: true })).toEqual(made)
    expect(await masterKey(file, { mayCreate: false })).toEqual(made)
  })

  test('never replaces a master key that is lost or damaged', async () => {
    const { masterKey: file } = await openDataFolder(parent)
    await expect(masterKey(file, { mayCreate: false })).rejects.toThrow('is missing')
    expect(await readdir(parent)).toEqual([])
    await writeFile(file, 'short')
    await expect(masterKey(file, { mayCreate: true })).rejects.toThrow('damaged')
    expect(await readFile(file, 'utf8')).toBe('short')
  })

  test('names its node once and for all', async () => {
    const { nodeId: file } = await openDataFolder(parent)
    expect(await nodeId(file)).toBe(await nodeId(file))
  })
})
