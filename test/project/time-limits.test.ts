import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../support/process.ts'
import { sourcesOfTests } from './sources.ts'

/** Milliseconds. What is shorter is a pause between two looks, or a limit that a test means to reach. */
const shortest = 300

/** Where a number is a limit of real time; the group `ms` is the number. */
const limits: readonly RegExp[] = [
  // The last argument of a test, a hook or another call that takes a function: `}, 60_000)`, or on a line of its own.
  /(?<!\{)\}(?:\))?,\s*(?<ms>[\d_]+)\s*,?\s*\)(?:\n|$)/g,
  /\b(?:timeout|\w+Timeout|timeoutMs|patience|withinMs)\b(?:\s*:\s*\w+)?\s*[:=]\s*(?<ms>[\d_]+(?:\s*\*\s*[\d_]+)?)/g,
  /\b(?:setTimeout|pause)\([^()]*(?:\([^()]*\)[^()]*)*,\s*(?<ms>[\d_]+)\s*\)/g,
  /\bpause\((?<ms>[\d_]+)\s*\)/g,
  /\bwaitFor(?:\w*)\([^;]*?,\s*(?<ms>[\d_]{4,})\s*\)/g,
  /(?<!setSystemTime\()\b(?:Date|performance)\.now\(\) \+ (?<ms>[\d_]+)/g,
  // What took too long by the clock.
  /\.now\(\) - \w+\)\.toBeLessThan(?:OrEqual)?\((?<ms>[\d_]+)\)/g,
  /\bAbortSignal\.timeout\((?<ms>[\d_]+)\)/g,
]

/** Waits of Vitest with a limit of their own, a second: `until` has ours. */
const waits = /\bvi\.waitFor\(|\bvi\.waitUntil\(|\bexpect\.poll\((?![^;]*patience\))/g

const virtual = 'time that the test itself lets pass'
const derived = 'what a setting gives, nothing that is waited for'
const signed = 'how far ahead a request is signed'

/** `file: number` with the reason. */
const exceptions: Readonly<Record<string, string>> = {
  'packages/agent/src/desired-config.test.ts: 1000': virtual,
  'packages/agent/src/probes/health-checks.test.ts: 1_000': virtual,
  'packages/agent/src/probes/judge.test.ts: 1000': virtual,
  'packages/agent/src/tools/tools.test.ts: 6_000': virtual,
  'packages/agent/src/tools/tools.test.ts: 500': virtual,
  'packages/agent/src/tools/tools.test.ts: 1_000_000': virtual,
  'packages/cli/src/audit-forward/forward.test.ts: 30_000': virtual,
  'packages/protocol/src/config/gateway-machine.test.ts: 1000': virtual,
  'packages/protocol/src/config/gateway-executor.test.ts: 1000': virtual,
  'packages/protocol/src/config/random-faults.test.ts: 1000': virtual,
  'packages/protocol/src/tools.test.ts: 6_000': virtual,
  'packages/server/src/apis/smartag/health-checks/create-health-check.test.ts: 1000': derived,
  'packages/server/src/channel/gateway-connection.test.ts: 1000': virtual,
  'packages/server/src/channel/restarts.test.ts: 1000': virtual,
  'packages/server/src/channel/turn-deposits.test.ts: 1000': virtual,
  'packages/server/src/channel/call-limits.test.ts: 2000': derived,
  'packages/server/src/channel/call-limits.test.ts: 3500': derived,
  'packages/server/src/channel/call-limits.test.ts: 6000': derived,
  'packages/server/src/channel/tool-calls.test.ts: 1_000': virtual,
  'packages/server/src/channel/tool-calls.test.ts: 500': derived,
  'packages/server/src/tracing/settings.test.ts: 2000': derived,
  'packages/server/src/tracing/settings.test.ts: 10_000': derived,
  'test/channel/hung-gateway.test.ts: 6000': virtual,
  'test/channel/hung-gateway.test.ts: 60_000': virtual,
  'test/channel/order.test.ts: 1000': virtual,
  'test/channel/order.test.ts: 10_000': virtual,
  'test/channel/presence.test.ts: 5000': virtual,
  'test/durability/restore.test.ts: 500': signed,
  'test/durability/restore.test.ts: 800': signed,
}

/** A literal, or a product of two. */
function millisecondsOf(text: string): number {
  return text.split('*').reduce((product, factor) => product * Number(factor.replaceAll('_', '').trim()), 1)
}

function foundIn(text: string): readonly string[] {
  const numbers = limits.flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match.groups?.['ms'] ?? ''))
  const long = numbers.filter((number) => millisecondsOf(number) > shortest)
  return [...long, ...[...text.matchAll(waits)].map(([wait]) => wait)]
}

function found(path: string): readonly string[] {
  return foundIn(readFileSync(path, 'utf8')).map((what) => `${relative(root, path)}: ${what}`)
}

/** This one has examples of what is not allowed. */
const files = sourcesOfTests().filter((path) => path !== import.meta.filename)

test('every limit of time in a test goes through the factor: `limit(…)` or `until(…)` of test/support/time.ts', () => {
  expect(files.length).toBeGreaterThan(300)
  const unexplained = files.flatMap(found).filter((one) => exceptions[one] === undefined)
  expect(unexplained).toEqual([])
})

test('every exception is still there', () => {
  const all = new Set(files.flatMap(found))
  expect(Object.keys(exceptions).filter((one) => !all.has(one))).toEqual([])
})

test.each([
  '}, 60_000)\n',
  '      },\n      60_000,\n    )\n',
  'const patience = 20 * 60_000\n',
  'readTimeout: 60_000',
  'timeoutMs: 400',
  'await pause(2000)',
  'await new Promise((resolve) => setTimeout(resolve, 500))',
  'const end = Date.now() + 20_000',
  'expect(performance.now() - began).toBeLessThan(2000)',
  'await vi.waitFor(() => expect(error).toHaveBeenCalledOnce(), 20_000)',
  'await vi.waitFor(() => expect(arrived).toBe(1))',
  'await expect.poll(() => field.inputValue()).toBe(1)',
])('a fixed limit is noticed: %j', (text) => {
  expect(foundIn(text)).not.toEqual([])
})
