import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createChance } from '../../packages/chaos/src/random.ts'
import type { Credentials } from '../support/sandbox.ts'
import { startServerProgram } from '../support/server.ts'
import { type Answered, purchase, send, signedBody } from '../support/signed-request.ts'
import { limit, until } from '../support/time.ts'

const writers = 50
const rounds = 5
/** Milliseconds for all of it. */
const patience = limit(240_000)
const seed = Number(process.env['OPENSAG_SEED'] ?? Date.now() % 1_000_000)

/** What one run of writers was told. */
interface Acknowledged {
  /** Name of every instance whose creation was answered with success, by id. */
  readonly created: Map<string, string>
  readonly activated: Set<string>
  /** Bodies of rightly signed requests that were answered, with whatever. */
  readonly answered: string[]
}

test(
  `kill -9 among ${writers} writers loses nothing acknowledged and frees no nonce (seed ${seed})`,
  async () => {
    const data = await mkdtemp(join(tmpdir(), 'opensag-kill-'))
    const chance = createChance(seed)
    const told: Acknowledged = { created: new Map(), activated: new Set(), answered: [] }
    let server = await startServerProgram(data)
    try {
      for (let round = 0; round < rounds; round++) {
        const before = told.created.size
        const killAt = before + 1 + chance.below(300)
        const key = await server.credentials()
        const working = Array.from({ length: writers }, (_, writer) => write(key, `w${round}-${writer}`, told))
        // At a moment that depends on the work done, so a slow machine is killed as deep in it as a fast one.
        await until(`${killAt} are created`, () => told.created.size >= killAt, patience)
        await server.running.kill()
        await Promise.all(working)

        server = await startServerProgram(data)
        const again = await server.credentials()
        await expectEverything(again, told)
        await expectNoReplay(again, told.answered.splice(0))
      }
      expect(told.created.size).toBeGreaterThan(rounds)
      expect(told.activated.size).toBeGreaterThan(0)
    } finally {
      await server.running.kill()
      await rm(data, { recursive: true, force: true })
    }
  },
  patience,
)

/** Creates and activates until the server is gone. */
async function write(key: Credentials, name: string, told: Acknowledged): Promise<void> {
  for (let count = 0; ; count++) {
    const Name = `${name}-${count}`
    const created = await attempt(key, signedBody(key, 'CreateSmartAccessGateway', { ...purchase, Name }), told)
    if (created === undefined) return
    expect(created).toMatchObject({ status: 200 })
    const id = String(created.body['SmartAGId'])
    told.created.set(id, Name)
    const activated = await attempt(key, signedBody(key, 'ActivateSmartAccessGateway', { SmartAGId: id }), told)
    if (activated === undefined) return
    expect(activated).toMatchObject({ status: 200 })
    told.activated.add(id)
  }
}

/** Undefined when no answer came: nothing is promised of that call. */
async function attempt(key: Credentials, body: string, told: Acknowledged): Promise<Answered | undefined> {
  try {
    const answer = await send(key.endpoint, body)
    told.answered.push(body)
    return answer
  } catch (error) {
    if (error instanceof TypeError || error instanceof SyntaxError) return undefined
    throw error
  }
}

async function expectEverything(key: Credentials, told: Acknowledged): Promise<void> {
  const found = new Map<string, Readonly<Record<string, unknown>>>()
  for (let page = 1; ; page++) {
    const params = { PageNumber: String(page), PageSize: '50' }
    const answer = await send(key.endpoint, signedBody(key, 'DescribeSmartAccessGateways', params))
    const { SmartAccessGateway: instances } = answer.body['SmartAccessGateways'] as {
      readonly SmartAccessGateway: readonly Readonly<Record<string, unknown>>[]
    }
    for (const instance of instances) found.set(String(instance['SmartAGId']), instance)
    if (instances.length < 50) break
  }
  const lost = [...told.created].filter(([id, name]) => found.get(id)?.['Name'] !== name)
  expect(lost).toEqual([])
  const undone = [...told.activated].filter((id) => found.get(id)?.['Status'] === 'Received')
  expect(undone).toEqual([])
}

/** Every captured request is refused after the crash as it would have been before. */
async function expectNoReplay(key: Credentials, captured: readonly string[]): Promise<void> {
  const refusals = await Promise.all(captured.map((body) => send(key.endpoint, body)))
  expect(new Set(refusals.map(({ body }) => body['Code']))).toEqual(new Set(['SignatureNonceUsed']))
}
