import { Registry } from 'prom-client'
import { expect, test } from 'vitest'
import { addLookedUp, metricsType, serveMetrics } from './metrics.ts'

test.each(['counter', 'gauge'] as const)(
  'a %s has its help, its type and its samples, and what is not known is left out',
  async (type) => {
    const registry = new Registry()
    const samples = () => [
      { value: 1, labels: { a: 'x', b: 'say "\\n"\n' } },
      { value: undefined, labels: { a: 'y', b: '' } },
      { value: 0, labels: { a: 'z', b: '' } },
    ]
    addLookedUp(registry, [{ name: 'opensag_x', help: 'What it is.', type, labelNames: ['a', 'b'], samples }])
    const text = `# HELP opensag_x What it is.\n# TYPE opensag_x ${type}\nopensag_x{a="x",b="say \\"\\\\n\\"\\n"} 1\nopensag_x{a="z",b=""} 0\n`
    expect(await registry.metrics()).toBe(text)
    // What it is now, not that much more.
    expect(await registry.metrics()).toBe(text)
  },
)

test.each(['counter', 'gauge'] as const)('a %s without labels is left out while it is not known', async (type) => {
  const registry = new Registry()
  let value: number | undefined
  addLookedUp(registry, [{ name: 'opensag_x', help: 'x', type, samples: () => [{ value }] }])
  expect(await registry.metrics()).not.toMatch(/^opensag_x/m)
  value = 3
  expect(await registry.metrics()).toMatch(/^opensag_x 3$/m)
  expect(await registry.metrics()).toMatch(/^opensag_x 3$/m)
  value = undefined
  expect(await registry.metrics()).not.toMatch(/^opensag_x/m)
})

test('it is served on this machine alone', async () => {
  const served = await serveMetrics(0, async () => 'text')
  try {
    expect(served.address).toMatch(/^127\.0\.0\.1:\d+$/)
    const answer = await fetch(`http://${served.address}/metrics`)
    expect([answer.headers.get('content-type'), await answer.text()]).toEqual([metricsType, 'text'])
  } finally {
    await served.close()
  }
})
