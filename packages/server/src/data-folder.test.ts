import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { nodeId, openDataFolder } from './data-folder.ts'

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

  test.each(['opensag.db', 'opensag.db-wal', 'node.id', 'ca.pem'])(
    'is refused when others may write its %s',
    async (name) => {
      await chmod(parent, 0o755)
      const file = join(parent, name)
      await writeFile(file, '')
      await chmod(file, 0o644)
      await openDataFolder(parent)
      await chmod(file, 0o666)
      await expect(openDataFolder(parent)).rejects.toThrow(`chmod 600 ${file}`)
    },
  )

  test('names its node once and for all', async () => {
    const { nodeId: file } = await openDataFolder(parent)
    expect(await nodeId(file)).toBe(await nodeId(file))
  })
})
