import { createManualTime } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { routeProtocol } from '../marks.ts'
import { openMachineRoutes } from './machine-routes.ts'

const settled = () => new Promise((resolve) => setImmediate(resolve))

function open() {
  const time = createManualTime()
  let asked = 0
  let dst = '10.0.0.0/24'
  const routes = openMachineRoutes({
    system: {
      async ipJson(...args) {
        if (args.at(-1) === 'default') return []
        asked += 1
        return [{ dst, protocol: String(routeProtocol), dev: 'lan' }]
      },
    },
    setup: { wan: 'wan', lan: 'lan' },
    leased: () => [],
    show: async () => '',
    timers: time.timers,
    problem: (error) => {
      throw error
    },
  })
  let changes = 0
  routes.onChange(() => {
    changes += 1
  })
  return {
    routes,
    asked: () => asked,
    changes: () => changes,
    become(next: string) {
      dst = next
    },
    async pass(milliseconds: number) {
      time.advance(milliseconds)
      await settled()
    },
  }
}

test('routes are looked at only when somebody has read them, and only others are a change', async () => {
  const world = open()
  await world.pass(10_000)
  expect([world.asked(), world.changes()]).toEqual([0, 0])
  await world.routes.read()
  await world.pass(10_000)
  expect([world.asked(), world.changes()]).toEqual([2, 0])
  world.become('10.0.1.0/24')
  await world.pass(10_000)
  expect([world.asked(), world.changes()]).toEqual([3, 1])
  await world.routes.read()
  await world.pass(10_000)
  expect(world.changes()).toBe(1)
  world.routes.close()
})
