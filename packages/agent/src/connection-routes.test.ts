import { type Capability, createManualTime, type FromGateway, type WireRoute } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { until } from '../../../test/support/time.ts'
import { createRouteReporting } from './connection-routes.ts'

type Part = Extract<FromGateway, { kind: 'routes' }>

function route(to: string): WireRoute {
  return { to, port: 'lan', source: 'STATIC', distance: 1, metric: 0, isDistributed: true }
}

function createWorld(routes: readonly WireRoute[]) {
  const time = createManualTime()
  const sent: Part[] = []
  let change = (): void => {}
  let now = routes
  let read = async (): Promise<readonly WireRoute[]> => now
  const problems: unknown[] = []
  const reporting = createRouteReporting({
    state: {
      read: () => read(),
      onChange(listener) {
        change = listener
      },
    },
    timers: time.timers,
    problem: (error) => void problems.push(error),
  })
  return {
    time,
    sent,
    problems,
    reporting,
    readBy(next: typeof read) {
      read = next
    },
    /** @returns what answers each read, in their order */
    readWhenTold() {
      const answers: ((routes: readonly WireRoute[]) => void)[] = []
      read = () => new Promise((resolve) => void answers.push(resolve))
      return answers
    },
    readAgain: (answers: readonly unknown[], milliseconds: number) =>
      until('it is read again', () => {
        time.advance(milliseconds)
        return answers.length === 2
      }),
    connect(can: readonly Capability[] = ['routes']) {
      reporting.online({ send: (message) => void (message.kind === 'routes' && sent.push(message)) }, can)
      time.advance(0)
    },
    become(next: readonly WireRoute[]) {
      now = next
      change()
      time.advance(1000)
    },
    told: (count: number) =>
      until('it is told', () => {
        time.advance(0)
        return sent.length === count
      }),
  }
}

test('at the beginning of each connection, and when there are others; the same again is not told', async () => {
  const world = createWorld([route('10.50.0.0/24')])
  world.connect()
  await world.told(1)
  expect(world.sent).toEqual([{ kind: 'routes', part: 0, of: 1, routes: [route('10.50.0.0/24')] }])
  world.become([route('10.50.0.0/24')])
  world.become([])
  await world.told(2)
  expect(world.sent[1]).toEqual({ kind: 'routes', part: 0, of: 1, routes: [] })
  world.reporting.offline()
  world.become([route('10.60.0.0/24')])
  world.connect()
  await world.told(3)
})

test('a server that does not know such a message is told nothing', () => {
  const world = createWorld([])
  let reads = 0
  world.readBy(async () => {
    reads += 1
    return [route('10.50.0.0/24')]
  })
  world.connect(['box'])
  world.become([])
  expect([world.sent, world.time.pending(), reads]).toEqual([[], 0, 0])
})

test('routes that could not be read are read again, though none has changed', async () => {
  const world = createWorld([route('10.50.0.0/24')])
  world.readBy(async () => {
    throw new Error('BIRD does not answer.')
  })
  world.connect()
  await until('it fails', () => world.problems.length === 1)
  world.readBy(async () => [route('10.60.0.0/24')])
  await until('it waits', () => world.time.pending() === 1)
  world.time.advance(60_000)
  await world.told(1)
  expect(world.sent[0]?.routes).toEqual([route('10.60.0.0/24')])
})

test('what was read first is not told last, however long it takes', async () => {
  const world = createWorld([])
  const answers = world.readWhenTold()
  world.connect()
  world.become([])
  answers[1]?.([route('10.60.0.0/24')])
  answers[0]?.([route('10.50.0.0/24')])
  await world.readAgain(answers, 0)
  answers[1]?.([route('10.60.0.0/24')])
  await world.told(2)
  expect(world.sent.map(({ routes }) => routes[0]?.to)).toEqual(['10.50.0.0/24', '10.60.0.0/24'])
})

test('in parts; of more than a thousand those of the shortest prefixes are left out', async () => {
  const many = [...Array(1_000).keys()].map((index) => route(`10.${index >> 8}.${index & 255}.0/24`))
  const world = createWorld([route('10.128.0.0/9'), ...many, route('10.99.0.1/32')])
  world.connect()
  await world.told(10)
  const all = world.sent.flatMap(({ routes }) => routes.map(({ to }) => to))
  expect(world.sent.map(({ part, of }) => [part, of])).toEqual([...Array(10).keys()].map((part) => [part, 10]))
  expect([all.length, all[0], all.includes('10.128.0.0/9')]).toEqual([1_000, '10.99.0.1/32', false])
})

test('what was read for one connection is not told on the next, which has a beginning of its own', async () => {
  const world = createWorld([])
  const answers = world.readWhenTold()
  world.connect()
  world.reporting.offline()
  world.connect()
  answers[0]?.([route('10.50.0.0/24')])
  await world.readAgain(answers, 1000)
  answers[1]?.([route('10.60.0.0/24')])
  await world.told(1)
  expect(world.sent[0]?.routes).toEqual([route('10.60.0.0/24')])
})
