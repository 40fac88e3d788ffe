import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { createChance } from '../../../../chaos/src/random.ts'
import { DataFolderInUse } from '../errors.ts'
import { runSource } from './child.suite.ts'
import { temporaryFolder } from './folders.suite.ts'
import { openSqliteStore } from './open.ts'

const writer = fileURLToPath(new URL('./crash-child.suite.ts', import.meta.url))

/** Lets the child write until it said so many names, kills it there and then, and returns all it ever said. */
async function acknowledgedUntilKilled(folder: string, count: number): Promise<readonly string[]> {
  const child = runSource(writer, folder)
  const ended = once(child, 'exit')
  const said: string[] = []
  const lines = createInterface({ input: child.stdout })
  lines.on('line', (line) => {
    if (line !== 'open') said.push(line)
    if (said.length === count) child.kill('SIGKILL')
  })
  await Promise.all([ended, once(lines, 'close')])
  expect(child.signalCode).toBe('SIGKILL')
  return said
}

test('whatever was acknowledged is there after kill -9, again and again, with its nonce, folded or not', async () => {
  const seed = Number(process.env.OPENSAG_SEED ?? Date.now() % 2 ** 31)
  console.log(`kill -9: repeat with OPENSAG_SEED=${seed}`)
  const chance = createChance(seed)
  const folder = temporaryFolder()
  const acknowledged: string[] = []
  for (let round = 0; round < 3; round++) {
    acknowledged.push(...(await acknowledgedUntilKilled(folder, 1 + chance.below(600))))
    const store = await openSqliteStore({ folder })
    const rows = await store.read((db) => db.selectFrom('setting').select('name').execute())
    const kept = new Set(rows.map(({ name }) => name))
    expect(acknowledged.filter((name) => !kept.has(name))).toEqual([])
    const burns = await Promise.all(
      acknowledged.map((nonce) => store.burnNonce({ accessKeyId: 'k', nonce, expiresAt: 1 })),
    )
    expect(acknowledged.filter((_, index) => burns[index]?.fresh)).toEqual([])
    await store.close()
  }
})

test('a folder is in use while another process lives that has it open, and free the moment it is killed', async () => {
  const folder = temporaryFolder()
  const child = runSource(writer, folder)
  const ended = once(child, 'exit')
  await once(createInterface({ input: child.stdout }), 'line')
  await expect(openSqliteStore({ folder })).rejects.toThrow(DataFolderInUse)
  await expect(openSqliteStore({ folder })).rejects.toThrow(/in use by another OpenSAG/)
  child.kill('SIGKILL')
  await ended
  const store = await openSqliteStore({ folder })
  await store.close()
})
