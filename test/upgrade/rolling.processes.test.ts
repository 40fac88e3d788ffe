import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { postgresTypes } from '../../packages/server/src/store/migrations/column-types.ts'
import { steps } from '../../packages/server/src/store/migrations/index.ts'
import { post } from '../cluster/calls/post.ts'
import { programsOfEachTest } from '../support/programs.ts'
import { limit, until } from '../support/time.ts'
import { type Callers, startCallers } from './rolling/callers.ts'
import { addUnknownStep, query, schemaOf } from './rolling/schema.ts'
import { lack, type Node, openSite, type Site } from './rolling/site.ts'
import { layOutPrograms, releaseBefore as version } from './stored-programs.ts'

// Nodes are upgraded one after the other on one database, under callers that go on, by the programs of a release as they were built.

const patience = limit(240_000)

describe.skipIf(lack !== undefined)(`from ${version} to this version${lack === undefined ? '' : ` (${lack})`}`, () => {
  const programs = programsOfEachTest()
  let site: Site | undefined
  afterEach(async () => {
    await site?.close()
    site = undefined
  }, limit(60_000))

  async function openOldSite(): Promise<{ readonly site: Site; readonly release: string; readonly callers: Callers }> {
    const release = layOutPrograms(version, await programs.newFolder('release'))
    const opened = await openSite({ programs, file: release, gateways: 4 })
    site = opened
    const callers = startCallers(opened)
    await moreCalls(callers)
    return { site: opened, release, callers }
  }

  /** Resolves when every kind of caller has gone on. */
  async function moreCalls(callers: Callers): Promise<void> {
    const before = callers.soFar()
    await until('callers go on', () => {
      const { reads, writes, changes } = callers.soFar()
      return reads > before.reads + 8 && writes > before.writes + 8 && changes > before.changes + 8
    })
  }

  const isReady = async ({ url }: Node): Promise<boolean> => (await post(`${url}/readyz`, undefined)).status === 200

  /** By the rules of docs/several-nodes.md. */
  async function replace(node: Node): Promise<void> {
    await node.start()
    await until(`${node.name} is ready`, () => isReady(node))
  }

  test(
    'no call fails while each node is drained and replaced, and then the agents of the gateways; a node of the release is refused after that',
    async () => {
      const { site: open, release, callers } = await openOldSite()
      for (const node of open.nodes) {
        expect(await node.running().stop()).toBe(0)
        await replace(node)
        await moreCalls(callers)
        // The first of them has upgraded the database; those of the release go on.
        expect(await schemaOf(open.databaseUrl)).toEqual(Object.keys(steps(postgresTypes)))
        for (const one of open.nodes)
          expect({ node: one.name, ready: await isReady(one) }).toMatchObject({ ready: true })
      }
      for (const gateway of open.gateways) {
        await callers.without(gateway, async () => {
          await gateway.stop()
          await gateway.start()
          await callers.connected(gateway)
        })
      }
      await moreCalls(callers)
      const tally = await callers.end()
      expect(tally.failed).toEqual([])
      expect(tally.wrong).toEqual([])

      // What a version after this one leaves: neither can serve it, and those that run go on until they are replaced.
      const upgraded = await schemaOf(open.databaseUrl)
      await addUnknownStep(open.databaseUrl, '999-contract')
      for (const file of [release, undefined]) {
        const refused = programs.run(open.serverArguments(await programs.newFolder('refused')), file)
        await expect(refused.printed(/listens on/)).rejects.toThrow(/ended with 1:/)
        expect(refused.output()).toContain('was written by a newer version of OpenSAG: its schema is 999-contract')
        expect(refused.output()).toContain('Nothing was changed.')
      }
      expect(await schemaOf(open.databaseUrl)).toEqual([...upgraded, '999-contract'])
      expect(await Promise.all(open.nodes.map(isReady))).toEqual([true, true, true])
    },
    patience,
  )

  test(
    'nodes that are killed and replaced fail the calls that they had taken, and no other',
    async () => {
      const { site: open, callers } = await openOldSite()
      for (const node of open.nodes) {
        const held = await gatewaysAt(open, node)
        const failedBefore = callers.soFar().failed.length
        const killedAt = performance.now()
        await node.running().kill()
        const deadAt = performance.now()
        await replace(node)
        await Promise.all(open.gateways.map((gateway) => callers.without(gateway, () => callers.connected(gateway))))
        await moreCalls(callers)
        const failures = callers.soFar().failed.slice(failedBefore)
        const taken = failures.filter(({ begunAt, endedAt }) => begunAt < deadAt && endedAt > killedAt)
        for (const failed of failures) {
          if (taken.includes(failed)) continue
          expect(failed.what).toBe('ModifySAGAdminPassword')
          // A gateway whose connection has gone with the process is off line until it comes to another one. One that another
          // node holds keeps its turn for the change that had gone through the process, and the next one waits for it in vain.
          const waited = taken.some(({ what, serial }) => what === failed.what && serial === failed.serial)
          const codes = [
            ...(held.includes(failed.serial) ? ['SmartAccessGatewayOffline'] : []),
            ...(waited ? ['ResourceInOperating'] : []),
          ]
          expect(failed).toMatchObject({ told: { code: expect.toBeOneOf(codes) } })
        }
      }
      const tally = await callers.end()
      expect(tally.wrong).toEqual([])
    },
    patience,
  )

  async function gatewaysAt({ databaseUrl }: Site, { data }: Node): Promise<readonly string[]> {
    const id = (await readFile(join(data, 'node.id'), 'utf8')).trim()
    const rows = await query<{ serial: string }>(databaseUrl, 'select serial from device where node = $1', [id])
    return rows.map(({ serial }) => serial)
  }
})
