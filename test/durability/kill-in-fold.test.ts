import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createChance } from '../../packages/chaos/src/random.ts'
import { sqliteDriver } from '../../packages/server/src/store/sqlite/driver.ts'
import { defaultFoldAt } from '../../packages/server/src/store/sqlite/nonce-memory.ts'
import type { Credentials } from '../support/sandbox.ts'
import { startServerProgram } from '../support/server.ts'
import { send, signedBody } from '../support/signed-request.ts'
import { limit, until } from '../support/time.ts'

const patience = limit(240_000)
const rounds = 3
const callers = 16
/** Calls until the nonces are folded. */
const toTheFold = 40
/** In runs of the slice that the calls are in: the fold writes them anew with theirs. */
const before = 30_000
const seed = Number(process.env['OPENSAG_SEED'] ?? Date.now() % 1_000_000)

test(
  `kill -9 around a fold of nonces frees none of them (seed ${seed})`,
  async () => {
    const data = await mkdtemp(join(tmpdir(), 'opensag-fold-'))
    const chance = createChance(seed)
    const answered: string[] = []
    let folded = 0
    let server = await startServerProgram(data)
    try {
      for (let round = 0; round < rounds; round++) {
        await server.running.stop()
        addNonces(data, before)
        server = await startServerProgram(data)
        await server.running.stop()
        addNonces(data, defaultFoldAt - toTheFold)
        const runs = nonceRuns(data)
        server = await startServerProgram(data)
        const key = await server.credentials()
        const killAt = answered.length + 1 + chance.below(2 * toTheFold)
        const calling = Array.from({ length: callers }, () => call(key, answered))
        // By the work done: a slow machine is killed as deep in it as a fast one.
        await until(`${killAt} are answered`, () => answered.length >= killAt, patience)
        await server.running.kill()
        await Promise.all(calling)
        if (nonceRuns(data) > runs) folded++

        server = await startServerProgram(data)
        const again = await server.credentials()
        const replies = await Promise.all(answered.map((body) => send(again.endpoint, body)))
        expect(new Set(replies.map(({ body }) => body['Code']))).toEqual(new Set(['SignatureNonceUsed']))
        expect((await send(again.endpoint, signedBody(again, 'DescribeRegions', {}))).status).toBe(200)
      }
      console.log(`killed after the fold in ${folded} of ${rounds} rounds`)
    } finally {
      await server.running.kill()
      await rm(data, { recursive: true, force: true })
    }
  },
  patience,
)

/** Calls until the server is gone, and keeps what was answered. */
async function call(key: Credentials, answered: string[]): Promise<void> {
  for (;;) {
    const body = signedBody(key, 'DescribeRegions', {})
    try {
      await send(key.endpoint, body)
    } catch (error) {
      if (error instanceof TypeError || error instanceof SyntaxError) return
      throw error
    }
    answered.push(body)
  }
}

function inDatabase<T>(data: string, work: (connection: ReturnType<typeof sqliteDriver.open>) => T): T {
  const connection = sqliteDriver.open(join(data, 'opensag.db'), 'write')
  try {
    return work(connection)
  } finally {
    connection.close()
  }
}

/** As calls of this moment leave them. */
function addNonces(data: string, count: number): void {
  const expiresAt = Date.now() + 45 * 60_000
  inDatabase(data, (connection) =>
    connection.exec(`insert into nonce (hash, expires_at)
      with recursive row(n) as (select 1 union all select n + 1 from row where n < ${count})
      select substr(hex(randomblob(16)), 1, 22), ${expiresAt} from row`),
  )
}

/** How many nonces are in runs. */
function nonceRuns(data: string): number {
  return inDatabase(data, (connection) => {
    const [row] = connection.prepare('select total(length(fingerprints)) as bytes from nonce_run').all([])
    return (row as { readonly bytes: number }).bytes / 16
  })
}
