import fc from 'fast-check'
import { expect, test } from 'vitest'
import { updateDevice } from '../gateways/device-update.ts'
import type { Footprint } from '../held-row.ts'
import type { Writer } from '../store.ts'
import { systemTime } from '../store-time.ts'
import { createMarks } from './commit-mark.ts'
import { linkThat } from './fake-link.suite.ts'
import { createGroup, type Job, type Member, notRun, RunWithSavepoints } from './group.ts'
import { createIdleWatch } from './idle-watch.ts'
import { gatewayOf, partFrom } from './side-by-side.ts'

function memberOf(keepsTo: Footprint | undefined, work: (tx: Writer) => Promise<unknown> = async () => {}): Member {
  const job: Job = {
    work,
    audit: undefined,
    keepsTo,
    resolve: () => {},
    reject: () => {},
    late: false,
    committing: false,
    stopWaiting: () => {},
  }
  return { job, outcome: notRun }
}

const footprint = fc.oneof(
  fc.constant(undefined),
  fc.record({ instance: fc.constantFrom('a', 'b') }),
  fc.record({ gateway: fc.constantFrom('a', 'b', 'c', 'd') }),
)

test('each work is in one part, in its order, and works share a part only when all keep to gateways, each to another', () => {
  fc.assert(
    fc.property(fc.array(footprint, { maxLength: 30 }), (kept) => {
      const members = kept.map((one) => memberOf(one))
      const parts: (readonly Member[])[] = []
      for (let done = 0; done < members.length; done += parts.at(-1)?.length ?? 0) parts.push(partFrom(members, done))
      expect(parts.flat()).toEqual(members)
      for (const part of parts) {
        const gateways = part.map(({ job }) => gatewayOf(job))
        if (part.length > 1) expect(gateways).not.toContain(undefined)
        expect(new Set(gateways).size).toBe(part.length)
      }
      // As many as may: what the next part begins with could not run beside this one.
      for (const [index, [next]] of parts.entries()) {
        const before = parts[index - 1]?.map(({ job }) => gatewayOf(job))
        const own = next && gatewayOf(next.job)
        if (before !== undefined && !before.includes(undefined)) expect([undefined, ...before]).toContain(own)
      }
    }),
  )
})

/** Runs works that write two columns of a device each; answers what was sent of them, in order. */
async function sentBy(works: readonly { readonly keepsTo: string; readonly writes: string }[], savepoints = false) {
  const sent: string[] = []
  const watch = createIdleWatch(1000, systemTime)
  const group = createGroup({
    lock: 'select lock',
    marks: createMarks('one', 'select lock'),
    watch,
    unfinishedMs: 1000,
    groupMs: 1000,
    time: systemTime,
    onEvent: () => {},
  })
  const members = works.map(({ keepsTo, writes }) =>
    memberOf({ gateway: keepsTo }, async (tx) => {
      await updateDevice(tx, { came_from: 'first' }, { serial: writes })
      await updateDevice(tx, { came_from: 'second' }, { serial: writes })
    }),
  )
  const link = linkThat((text, values) => {
    if (text.startsWith('update "device"')) sent.push(`${values?.[1]} ${values?.[0]}`)
  })
  const failure = await group
    .run(link, members, () => undefined, savepoints)
    .then(
      () => undefined,
      (error: unknown) => error,
    )
  watch.close()
  return { sent, failure }
}

const own = (serial: string) => ({ keepsTo: serial, writes: serial })

test('works of different gateways send their statements together, those of one gateway one work after the other', async () => {
  expect(await sentBy([own('a'), own('b'), own('a')])).toEqual({
    sent: ['a first', 'b first', 'a second', 'b second', 'a first', 'a second'],
    failure: undefined,
  })
})

test('a group that is run again with savepoints runs each work alone, whatever it touches', async () => {
  const { sent, failure } = await sentBy([own('a'), { keepsTo: 'b', writes: 'c' }], true)
  expect(sent).toEqual(['a first', 'a second', 'c first', 'c second'])
  expect(failure).toBeUndefined()
})

test('a work that changes what it does not keep to has its group run again, and does nothing before', async () => {
  const { sent, failure } = await sentBy([own('a'), { keepsTo: 'b', writes: 'c' }])
  expect(sent).toEqual(['a first', 'a second'])
  expect(failure).toBeInstanceOf(RunWithSavepoints)
})
