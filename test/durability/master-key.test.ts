import { existsSync } from 'node:fs'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createChance } from '../../packages/chaos/src/random.ts'
import { newSealedFolder, openAll, openKeyOf } from '../../packages/server/src/master-key/master-key.suite.ts'
import { openSqliteStore } from '../../packages/server/src/store/sqlite/open.ts'
import { opensag, type Running, runOpensag } from '../support/process.ts'
import { limit, until } from '../support/time.ts'

const seed = Number(process.env['OPENSAG_SEED'] ?? Date.now() % 1_000_000)
const patience = limit(240_000)
const rounds = 3
const devices = 5000

async function start(data: string): Promise<Running> {
  const running = runOpensag(['server', '--data', data, '--port', '0'])
  await running.printed(/listens on/)
  return running
}

async function everythingIn(data: string): Promise<Readonly<Record<string, string>>> {
  const store = await openSqliteStore({ folder: data })
  try {
    return await openAll(store, (await openKeyOf(data)).ring)
  } finally {
    await store.close()
  }
}

test(
  `kill -9 in the middle of a rotation of the master key loses no secret; the next start completes it (seed ${seed})`,
  async () => {
    const data = await mkdtemp(join(tmpdir(), 'opensag-rotate-key-'))
    const chance = createChance(seed)
    const next = join(data, 'master.key.next')
    const all = await newSealedFolder(data, (folder) => openSqliteStore({ folder }), { devices })
    let cut = 0
    try {
      for (let round = 0; round < rounds; round++) {
        let server = await start(data)
        const rotated = opensag(['operator', 'master-key', 'rotate', '--data', data])
        await until('the rotation has begun', () => existsSync(next), patience)
        // How far it comes is counted in what it writes, so that a slow machine is killed as deep in it as a fast one.
        const log = join(data, 'opensag.db-wal')
        const begun = (await stat(log)).size
        const more = chance.below(600_000)
        await until(
          'more is written',
          async () => !existsSync(next) || (await stat(log)).size - begun >= more,
          patience,
        )
        await server.kill()
        await rotated
        if (existsSync(next)) cut++
        expect(await everythingIn(data)).toEqual(all)

        server = await start(data)
        expect(existsSync(next)).toBe(false)
        await server.stop()
        expect(await everythingIn(data)).toEqual(all)
      }
      expect(cut).toBeGreaterThan(0)
    } finally {
      await rm(data, { recursive: true, force: true })
    }
  },
  patience,
)

test(
  'a server wraps its key with the passphrase of a file, and starts with that only',
  async () => {
    const data = await mkdtemp(join(tmpdir(), 'opensag-wrap-key-'))
    try {
      const file = join(data, 'passphrase')
      await writeFile(file, 'open sesame\n', { mode: 0o600 })
      const args = ['server', '--data', data, '--port', '0']
      const withPassphrase = [...args, '--master-key-passphrase-file', file]
      await (await start(data)).stop()
      const server = runOpensag(withPassphrase)
      await server.printed(/listens on/)
      expect(server.output()).toContain('master.key is not wrapped')
      const wrapped = await opensag(['operator', 'master-key', 'wrap', '--data', data, '--json'])
      expect(wrapped).toMatchObject({ code: 0, errors: '' })
      await server.stop()

      const refused = await opensag(args)
      expect(refused.code).toBe(2)
      expect(refused.errors).toContain('--master-key-passphrase-file')
      const again = runOpensag(args, { OPENSAG_MASTER_KEY_PASSPHRASE_COMMAND: `cat '${file}'` })
      await again.printed(/listens on/)
      expect(again.output()).not.toContain('not wrapped')
      await again.stop()
    } finally {
      await rm(data, { recursive: true, force: true })
    }
  },
  patience,
)
