import { randomBytes } from 'node:crypto'
import { createManualTime } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { testInWorld } from '../apis/testing/harness.suite.ts'
import { createSealer } from '../sealing/sealing.ts'
import { setRestoredAt } from '../store/access/restore-marks.ts'
import { day, keptTrail } from '../store/audit/trail.suite.ts'
import { auditExport } from './audit.ts'
import type { OperatorContext } from './command.ts'

testInWorld('an export of the audit trail with marks', (world) => {
  const sealer = createSealer(randomBytes(32))
  const time = createManualTime()
  const exporting = async (input: object): Promise<AsyncGenerator<object>> => {
    const context = { store: world().store, sealer, random: randomBytes, timers: time.timers, isClosing: () => false }
    const parsed = auditExport.input.parse(input)
    return (await auditExport.run(context as unknown as OperatorContext, parsed)) as AsyncGenerator<object>
  }
  async function exported(input: object): Promise<readonly object[]> {
    const found: object[] = []
    for await (const line of await exporting(input)) found.push(line)
    return found
  }
  const isGap = (line: object): boolean => 'gap' in line

  test('names the trail and its newest entry first', async () => {
    const trail = await keptTrail(world().store, sealer)
    await trail.add(2)
    expect(await exported({ marks: true })).toEqual([
      { trail: `${trail.sealKey.id}.0`, settledTo: 2 },
      expect.objectContaining({ id: 1 }),
      expect.objectContaining({ id: 2 }),
    ])
    expect(await exported({})).toHaveLength(2)
  })

  test('says which entries were deleted behind the one it begins at, and nothing when none of those were', async () => {
    const trail = await keptTrail(world().store, sealer)
    await trail.add(3)
    await trail.keeper().sealAll(100)
    trail.now += 31 * day
    await trail.add(2)
    await trail.keeper().sealAll(100)
    await trail.keeper().round(() => false)
    const [, ...rest] = await exported({ marks: true, after: '1' })
    expect(rest).toEqual([
      { gap: { after: 1, through: 3 } },
      expect.objectContaining({ id: 4 }),
      expect.objectContaining({ id: 5 }),
    ])
    expect((await exported({ marks: true, after: '3' })).filter(isGap)).toEqual([])
    expect((await exported({ after: '1' })).filter(isGap)).toEqual([])
  })

  test('has another name after a restore, and ends when that happens while it is followed', async () => {
    const trail = await keptTrail(world().store, sealer)
    await trail.add(1)
    const followed = await exporting({ marks: true, follow: true })
    await followed.next()
    expect(await followed.next()).toMatchObject({ value: { id: 1 } })
    await world().store.write((tx) => setRestoredAt(tx, 77))
    const end = followed.next()
    while (time.pending() === 0) await new Promise((resolve) => setImmediate(resolve))
    time.advance(1000)
    expect(await end).toMatchObject({ done: true })
    expect((await exported({ marks: true }))[0]).toMatchObject({ trail: `${trail.sealKey.id}.77` })
  })
})
