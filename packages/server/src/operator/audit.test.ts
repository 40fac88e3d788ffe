import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { createDeny } from '../access/denial.ts'
import { accountId, otherAccountId, testInWorld } from '../apis/testing/harness.suite.ts'
import { createSealer } from '../sealing/sealing.ts'
import type { AuditEntry } from '../store/audit/audit.ts'
import { auditExplain, auditExport } from './audit.ts'
import { type OperatorContext, OperatorRefusal } from './command.ts'

const sealer = createSealer(randomBytes(32))

testInWorld('the audit trail, for the operator', (world) => {
  const context = (): OperatorContext => ({ store: world().store, sealer }) as unknown as OperatorContext

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

  async function exported(input: Readonly<Record<string, string>> = {}): Promise<readonly unknown[]> {
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

  test('why a call was denied is read from its answer, and from nothing else', async () => {
    const caller = { kind: 'RAMUser', accountId, accessKeyId: 'k', userId: '1', userName: 'alice' } as const
    const denied = createDeny(sealer)({
      caller,
      action: 'smartag:X',
      resource: '*',
      policyType: 'SessionPolicy',
      why: 'ExplicitDeny',
      policyName: 'none',
    })
    const message = denied.EncodedDiagnosticMessage
    expect(await auditExplain.run(context(), { message })).toMatchObject({ action: 'smartag:X', policyName: 'none' })
    await expect(auditExplain.run(context(), { message: 'x' })).rejects.toThrow(OperatorRefusal)
  })
})
