import { randomBytes } from 'node:crypto'
import { createManualTime } from '@opensag/protocol'
import { pino } from 'pino'
import { describe, expect, test } from 'vitest'
import { createDeny } from '../access/denial.ts'
import { accountId, otherAccountId, testInWorld } from '../apis/testing/harness.suite.ts'
import { createSealer } from '../sealing/sealing.ts'
import type { AuditEntry } from '../store/audit/audit.ts'
import { detailsText } from '../store/audit/details.ts'
import { createTrailKeeper } from '../store/audit/keeper.ts'
import { openSealKey } from '../store/audit/seal-key.ts'
import { auditExplain, auditExport, auditVerify } from './audit.ts'
import { AuditNotIntact, verifyAuditExport } from './audit-file.ts'
import { type OperatorContext, OperatorRefusal } from './command.ts'

const sealer = createSealer(randomBytes(32))

testInWorld('the audit trail, for the operator', (world) => {
  let timers = createManualTime().timers
  let closing = false
  const context = (): OperatorContext =>
    ({
      store: world().store,
      sealer,
      random: randomBytes,
      timers,
      isClosing: () => closing,
    }) as unknown as OperatorContext

  function entry(more: Partial<AuditEntry>): AuditEntry {
    const who = { accountId, principal: `acs:ram::${accountId}:root`, principalId: accountId, accessKeyId: 'LTAI5t' }
    const what = { product: 'Smartag', action: 'DescribeRegions', level: 'Read', regionId: undefined } as const
    return {
      at: 0,
      ...who,
      ...what,
      source: '192.0.2.1',
      resources: ['*'],
      outcome: undefined,
      requestId: 'R',
      ...more,
    }
  }

  async function exported(input: Readonly<Record<string, unknown>> = {}): Promise<readonly unknown[]> {
    const lines = await auditExport.run(context(), auditExport.input.parse(input))
    const found: unknown[] = []
    for await (const line of lines as AsyncIterable<unknown>) found.push(line)
    return found
  }

  test('is exported whole, in the order it was written', async () => {
    await world().store.record(entry({ outcome: 'Forbidden' }))
    await world().store.record(entry({ accountId: otherAccountId, at: 1000 }))
    expect(await exported()).toEqual([
      {
        at: '1970-01-01T00:00:00.000Z',
        id: expect.any(Number),
        accountId,
        principal: `acs:ram::${accountId}:root`,
        principalId: accountId,
        accessKeyId: 'LTAI5t',
        source: '192.0.2.1',
        product: 'Smartag',
        action: 'DescribeRegions',
        level: 'Read',
        regionId: undefined,
        resources: ['*'],
        outcome: 'Forbidden',
        requestId: 'R',
      },
      expect.objectContaining({ accountId: otherAccountId, outcome: 'OK' }),
    ])
  })

  test('is exported with what was sent and what it changed', async () => {
    const things = [{ resource: 'acs:smartag:*:1:smartag/sag-1', id: 'sag-1', name: 'branch' }]
    const changes = [{ resource: 'acs:smartag:*:1:smartag/sag-1', field: 'Name', before: 'old', after: 'branch' }]
    const details = { things, changes, parameters: { Name: 'branch' } }
    await world().store.record(entry({ level: 'Write', details: detailsText(details) }))
    const [line] = await exported()
    expect(line).toMatchObject({ ...details, isCut: false })
    expect(line).not.toHaveProperty('details')
  })

  test('only of an account, and of a time', async () => {
    for (const at of [1000, 2000, 3000]) await world().store.record(entry({ at }))
    await world().store.record(entry({ at: 2000, accountId: otherAccountId }))
    const between = { since: '1970-01-01T00:00:02Z', until: '1970-01-01T00:00:03Z' }
    expect(await exported(between)).toHaveLength(2)
    expect(await exported({ ...between, account: accountId })).toHaveLength(1)
  })

  test('is read in parts, however long it is', async () => {
    await Promise.all(Array.from({ length: 2500 }, (_, n) => world().store.record(entry({ requestId: String(n) }))))
    expect(new Set((await exported()).map((line) => (line as AuditEntry).requestId)).size).toBe(2500)
  })

  test('from behind an id, so that an interrupted export goes on', async () => {
    for (const at of [1000, 2000, 3000]) await world().store.record(entry({ at }))
    const [first] = (await exported()) as { id: number }[]
    expect(await exported({ after: String(first?.id) })).toHaveLength(2)
  })

  test('followed, it goes on with what is added, until the server stops', async () => {
    const time = createManualTime()
    timers = time.timers
    closing = false
    await world().store.record(entry({ requestId: 'first' }))
    const lines = (await auditExport.run(context(), auditExport.input.parse({ follow: true }))) as AsyncIterable<object>
    const seen: unknown[] = []
    const ended = (async () => {
      for await (const line of lines) seen.push((line as AuditEntry).requestId)
    })()
    const waits = async (): Promise<void> => {
      while (time.pending() === 0) await new Promise((resolve) => setImmediate(resolve))
    }
    await waits()
    expect(seen).toEqual(['first'])
    await Promise.all(Array.from({ length: 1500 }, () => world().store.record(entry({ requestId: 'later' }))))
    time.advance(1000)
    await waits()
    expect(seen).toHaveLength(1501)
    closing = true
    time.advance(1000)
    await ended
  })

  describe('sealed', () => {
    async function sealedLines(): Promise<readonly string[]> {
      const sealKey = await openSealKey(world().store, sealer, randomBytes)
      const logger = pino({ level: 'silent' })
      const bounds = { days: 180, mostBytes: Number.MAX_SAFE_INTEGER }
      await createTrailKeeper({ store: world().store, sealKey, ...bounds, wallClock: () => 1000, logger }).sealAll(9)
      return (await exported({ sealed: true })).map((line) => JSON.stringify(line))
    }
    async function* of(lines: readonly string[]): AsyncGenerator<string> {
      yield* lines
    }
    const verify = (input: object = {}) =>
      auditVerify.run(context(), auditVerify.input.parse(input)) as Promise<{ head: string; publicKey: string }>

    test('an export is verified without the server, and says what the server says', async () => {
      await Promise.all(Array.from({ length: 1200 }, () => world().store.record(entry({ at: 1 }))))
      const lines = await sealedLines()
      const online = await verify()
      expect(online).toMatchObject({ result: 'Intact', entries: 1200, seals: 2, unsealed: 0 })
      const { publicKey, head } = online
      expect(await verifyAuditExport(of(lines), { publicKey, head })).toEqual(online)
      expect(await verify({ head })).toEqual(online)
    })

    test.each([
      [
        'a changed line',
        (lines: string[]) => lines.map((line) => line.replace('"outcome":null', '"outcome":"Forbidden"')),
        'not as they were',
      ],
      ['a missing line', (lines: string[]) => lines.toSpliced(2, 1), 'were sealed'],
      ['a missing end', (lines: string[]) => lines.slice(0, -1), 'not a whole trail'],
      ['a line that is none', (lines: string[]) => [...lines, 'x'], 'is not one of'],
    ] as const)('%s is found', async (_what, change, reason) => {
      for (const requestId of ['a', 'b', 'c', 'd']) await world().store.record(entry({ requestId }))
      const lines = await sealedLines()
      const { publicKey } = await verify()
      const verifying = verifyAuditExport(of(change([...lines])), { publicKey })
      await expect(verifying).rejects.toThrow(AuditNotIntact)
      await expect(verifying).rejects.toThrow(reason)
    })

    test('another key, and a head that is none, are refused', async () => {
      await world().store.record(entry({}))
      const lines = await sealedLines()
      await expect(verifyAuditExport(of(lines), { publicKey: 'A'.repeat(43) })).rejects.toThrow('not signed')
      await expect(verifyAuditExport(of(lines), { publicKey: '', head: 'x' })).rejects.toThrow('another form')
    })

    test('a trail that was changed is a refusal for the operator', async () => {
      await world().store.record(entry({}))
      await sealedLines()
      await world().store.write((tx) => tx.updateTable('audit_event').set({ principal: 'nobody' }).execute())
      await expect(verify()).rejects.toThrow(OperatorRefusal)
    })

    test.each([{ since: '1970-01-01T00:00:02Z' }, { account: accountId }, { after: '1' }, { follow: true }])(
      'a part of it is refused: %o',
      async (part) => {
        await expect(exported({ sealed: true, ...part })).rejects.toThrow('cannot be verified')
      },
    )
  })

  test('why a call was denied is read from its answer, and from nothing else', async () => {
    const caller = { kind: 'RAMUser', accountId, accessKeyId: 'k', userId: '1', userName: 'alice' } as const
    const denied = createDeny(sealer)({
      caller,
      action: 'smartag:X',
      resource: '*',
      policyType: 'SessionPolicy',
      why: 'ExplicitDeny',
      policy: { type: 'Custom', name: 'none' },
    })
    const message = denied.EncodedDiagnosticMessage
    expect(await auditExplain.run(context(), { message })).toMatchObject({ action: 'smartag:X', policyName: 'none' })
    await expect(auditExplain.run(context(), { message: 'x' })).rejects.toThrow(OperatorRefusal)
  })
})
