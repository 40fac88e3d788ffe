import {
  createManualTime,
  type FromGateway,
  mostToolBytes,
  type ToolAnswer,
  type ToolMessage,
  type ToolRequest,
} from '@opensag/protocol'
import { expect, test } from 'vitest'
import { fitting } from './fitting.ts'
import { done, logOnly, type ToolBox, ToolFailed } from './tool-box.ts'
import { openTools } from './tools.ts'

const request: ToolRequest = { tool: 'log' }
const empty = done({ tool: 'log', log: [] })

function gateway(run: ToolBox['run']) {
  const time = createManualTime()
  const sent: FromGateway[] = []
  const problems: unknown[] = []
  const tools = openTools({
    ...{ box: { run }, timers: time.timers, wallClock: () => time.timers.now() },
    problem: (error) => problems.push(error),
  })
  const link = { send: (message: FromGateway): void => void sent.push(message) }
  tools.online(link, ['tools'])
  let asked = 0
  const ask = (more: Partial<ToolMessage> = {}): void =>
    tools.asked({ kind: 'tool', id: `t${++asked}`, request, withinMs: 6_000, ...more })
  const settled = () => new Promise<void>((resolve) => setImmediate(resolve))
  const answers = async (): Promise<readonly (readonly [string, ToolAnswer])[]> => {
    await settled()
    return sent.flatMap((one) => (one.kind === 'tool-answer' ? [[one.id, one.answer] as const] : []))
  }
  return { time, tools, link, ask, answers, problems }
}

test('one runs at a time, the others are told so; then it is free again', async () => {
  let finish = (): void => {}
  const { ask, answers } = gateway(() => new Promise((resolve) => (finish = () => resolve(empty))))
  ask()
  ask()
  expect(await answers()).toEqual([['t2', { is: 'busy' }]])
  finish()
  expect((await answers()).at(-1)).toEqual(['t1', empty])
  ask()
  finish()
  expect((await answers()).at(-1)).toEqual(['t3', empty])
})

test('more than ten at once are refused, whatever the server says', async () => {
  const { time, ask, answers } = gateway(async () => empty)
  for (let n = 0; n < 11; n++) {
    ask()
    await answers()
  }
  expect((await answers()).map(([, { is }]) => is)).toEqual([...Array<string>(10).fill('done'), 'busy'])
  await time.advance(2_000)
  ask()
  expect((await answers()).at(-1)?.[1]).toEqual(empty)
})

test('one that takes too long is told as late, in 20 s at the latest, and goes on being busy until it has ended', async () => {
  let finish = (): void => {}
  const { time, ask, answers } = gateway(() => new Promise((resolve) => (finish = () => resolve(empty))))
  ask({ withinMs: 500 })
  await time.advance(499)
  expect(await answers()).toEqual([])
  await time.advance(1)
  expect(await answers()).toEqual([['t1', { is: 'undone', why: 'late' }]])
  ask()
  expect((await answers()).at(-1)).toEqual(['t2', { is: 'busy' }])
  finish()
  await answers()
  ask({ withinMs: 1_000_000 })
  await time.advance(20_000)
  expect((await answers()).at(-1)).toEqual(['t3', { is: 'undone', why: 'late' }])
})

test.each([
  [
    'a program that is not there',
    Object.assign(new Error('x'), { code: 'ENOENT', syscall: 'spawn ping', path: 'ping' }),
    'missing',
    'ping',
  ],
  [
    'a file that is not there',
    Object.assign(new Error('no leases'), { code: 'ENOENT', syscall: 'open', path: '/x' }),
    'failed',
    'no leases',
  ],
  ['a name that is nobody’s', new ToolFailed('unresolved'), 'unresolved', undefined],
  ['anything else, on one line', new Error('ping ended with 2:\n\x1b[2Jno'), 'failed', 'ping ended with 2: [2Jno'],
] as const)('why there is no result is told: %s', async (_, error, why, detail) => {
  const { ask, answers, problems } = gateway(() => Promise.reject(error))
  ask()
  expect(await answers()).toEqual([['t1', { is: 'undone', why, ...(detail === undefined ? {} : { detail }) }]])
  expect(problems).toEqual(error instanceof ToolFailed ? [] : [error])
})

test('what a server would not take is not sent: it would end the connection', async () => {
  const wrong = { at: -1, level: 'info', text: 'x' } as const
  const { ask, answers } = gateway(async () => done({ tool: 'log', log: [wrong] }))
  ask()
  expect(await answers()).toMatchObject([['t1', { is: 'undone', why: 'failed' }]])
})

test('an older server, and another connection than the one that asked, are sent nothing', async () => {
  let finish = (): void => {}
  const { tools, link, ask, answers } = gateway(() => new Promise((resolve) => (finish = () => resolve(empty))))
  ask()
  tools.offline()
  finish()
  expect(await answers()).toEqual([])
  tools.online(link, ['diagnosis'])
  ask()
  finish()
  expect(await answers()).toEqual([])
})

test('a result is cut to what fits, and says how much is left out; of a log the newest is kept', () => {
  const log = Array.from({ length: 300 }, (_, at) => ({ at, level: 'info' as const, text: 'x'.repeat(200) }))
  const kept = fitting({ tool: 'log', log })
  if (kept.tool !== 'log') throw new Error('It is none.')
  expect(Buffer.byteLength(JSON.stringify(kept.log))).toBeLessThanOrEqual(mostToolBytes)
  expect(kept.log.at(-1)?.at).toBe(299)
  expect(kept.log.length + (kept.left ?? 0)).toBe(300)
  expect(kept.log.length).toBeGreaterThan(30)
  const routes = Array.from({ length: 250 }, (_, n) => ({ table: 'branch' as const, to: `10.0.${n}.0/24` }))
  expect(fitting({ tool: 'routes', routes })).toMatchObject({
    routes: [{ to: '10.0.0.0/24' }, ...Array(199).fill({})],
    left: 50,
  })
  expect(fitting({ tool: 'routes', routes: routes.slice(0, 3) })).not.toHaveProperty('left')
})

test('a gateway that carries no packets shows its log and nothing else', async () => {
  const box = logOnly(() => [])
  expect(await box.run({ tool: 'log' })).toEqual(empty)
  await expect(box.run({ tool: 'routes' })).rejects.toMatchObject({ why: 'no-network' })
})
