import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { nodeOf } from '../../scripts/support/nodes.js'
import { root, runToEnd } from '../support/process.ts'

const { node, isThere, installCommand } = nodeOf('24')
const title = isThere ? 'on Node 24' : `on Node 24 (enable with: ${installCommand})`

let caches: string
beforeEach(() => {
  caches = mkdtempSync(join(tmpdir(), 'opensag-caches-'))
})
afterEach(() => rmSync(caches, { recursive: true, force: true }))

async function start(given: Readonly<Record<string, string>> = { XDG_CACHE_HOME: caches }): Promise<void> {
  const { NODE_COMPILE_CACHE: _, ...rest } = process.env as Record<string, string>
  const environment = { ...rest, CACHE_DIRECTORY: '', ...given }
  const program = join(root, 'packages/cli/bin/opensag.js')
  expect(await runToEnd(node, [program, '--version'], { environment })).toMatchObject({ code: 0, errors: '' })
}

const kept = (): readonly string[] => readdirSync(join(caches, 'opensag')).sort()
const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [entry.name] : []))

describe.skipIf(!isThere)(`what was compiled is kept, ${title}`, () => {
  test('in the folder of the user’s caches, for nobody else, one folder for each build', async () => {
    await start()
    expect(kept()).toHaveLength(1)
    expect(filesIn(join(caches, 'opensag')).length).toBeGreaterThan(1)
    expect(statSync(join(caches, 'opensag')).mode & 0o777).toBe(0o700)
    await start()
    expect(kept()).toHaveLength(1)
  })

  test('in the folder that systemd made for the service', async () => {
    await start({ CACHE_DIRECTORY: caches, XDG_CACHE_HOME: '/nowhere' })
    expect(filesIn(join(caches, 'opensag')).length).toBeGreaterThan(1)
  })

  test('of the three builds that were started last', async () => {
    for (const [age, name] of ['present', 'last', 'before', 'long-ago'].entries()) {
      mkdirSync(join(caches, 'opensag', name), { recursive: true, mode: 0o700 })
      const at = new Date(Date.UTC(2026, 0, 10 - age))
      utimesSync(join(caches, 'opensag', name), at, at)
    }
    await start()
    expect(kept()).toHaveLength(3)
    expect(kept()).toEqual(expect.arrayContaining(['last', 'present']))
  })

  test('nowhere, where others could have put something to run', async () => {
    mkdirSync(join(caches, 'opensag'))
    chmodSync(join(caches, 'opensag'), 0o777)
    await start()
    expect(filesIn(join(caches, 'opensag'))).toEqual([])
  })

  test('nowhere, when there is no place for it, and the program runs', async () => {
    const file = join(caches, 'a-file')
    writeFileSync(file, '')
    await start({ XDG_CACHE_HOME: file })
    await start({ XDG_CACHE_HOME: 'not/absolute' })
    await start({ XDG_CACHE_HOME: '', HOME: '/proc/none' })
    expect(filesIn(caches)).toEqual(['a-file'])
  })
})
