// Two servers on one PostgreSQL database: what an operator does at one is heard by the other, which asks for it now and then.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { postgresBin } from '../postgres/server.ts'
import { operatorOf } from '../support/sandbox.ts'
import { limit, until } from '../support/time.ts'
import { type Node, type Nodes, openNodes } from './site.ts'

const withinMs = limit(60_000)

describe.skipIf(postgresBin === undefined)('what another node did (enable with: apt-get install -y postgresql)', () => {
  let site: Nodes
  let one: Node
  let other: Node
  beforeAll(async () => {
    site = await openNodes(postgresBin ?? '')
    ;[one, other] = site.nodes
  })
  afterAll(() => site?.close())

  test(
    'the next key towards gateways, prepared at one node, is shown by the other one',
    async () => {
      const { nextKey } = await operatorOf(one.data).operator<{ nextKey: string }>('channel-identity', 'prepare')
      expect(nextKey).toEqual(expect.any(String))
      const show = () => operatorOf(other.data).operator<{ nextKey: string | null }>('channel-identity', 'show')
      await until('the other node has heard of it', async () => (await show()).nextKey === nextKey, withinMs)
    },
    2 * withinMs,
  )

  test('that it runs is known here: the master key is not rotated under it', async () => {
    const otherId = (await readFile(join(other.data, 'node.id'), 'utf8')).trim()
    const rotated = operatorOf(one.data).operator('master-key', 'rotate')
    await expect(rotated).rejects.toThrow(`Other nodes of this database run: ${otherId}. They`)
    expect(await operatorOf(one.data).operator('master-key', 'show')).toEqual({ wrapped: false, rotating: false })
  })

  test(
    'what was signed before one node was told of a restore is refused by the other one too',
    async () => {
      // Each can be sent once, and one is every 25 ms.
      const signed = Array.from({ length: 8000 }, () => site.sign(site.key, 'DescribeRegions'))
      const sent = async () => {
        const { status, body } = await other.send(signed.pop() ?? '')
        return status === 200 ? 'done' : String(body['Code'])
      }
      expect(await sent()).toBe('done')
      await operatorOf(one.data).operator('restored')
      await until('the other node has heard of it', async () => (await sent()) === 'InvalidTimeStamp.Expired', withinMs)
    },
    2 * withinMs,
  )
})
