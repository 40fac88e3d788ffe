import { expect, test } from 'vitest'
import type { Machine } from '../linux/box.ts'
import { program } from '../linux/service.ts'
import { untilReached } from './ping.ts'
import { cloud, type Site } from './site.ts'
import { traceOf } from './trace.ts'

/** What is left of a gateway and a point of presence that are taken away. The last suite of a site. */
export function testRemoval(site: () => Site): void {
  test('a gateway that is taken away leaves its machine as it was before', async () => {
    const { one } = site()
    await untilReached(one.terminal.machine, cloud)
    await one.program.stop()
    expect(await traceOf(one.gateway)).not.toEqual(one.untouched)
    await remove(one.gateway, 'agent')
    expect(await traceOf(one.gateway)).toEqual(one.untouched)
  })

  test('a point of presence that is taken away leaves its machine as it was before', async () => {
    const { pop } = site()
    await pop.program.stop()
    expect(await traceOf(pop.machine)).not.toEqual(pop.untouched)
    await remove(pop.machine, 'pop')
    expect(await traceOf(pop.machine)).toEqual(pop.untouched)
  })
}

async function remove(machine: Machine, command: string): Promise<void> {
  const { status, stderr } = await machine.run([process.execPath, program, command, '--remove'])
  expect({ status, stderr }).toMatchObject({ status: 0 })
}
