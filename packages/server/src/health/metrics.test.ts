import { expect, test } from 'vitest'
import { metricsText, metricsType, serveMetrics } from './metrics.ts'

const metric = { name: 'opensag_x', help: 'What it is.', type: 'gauge' } as const

test('each metric has its help, its type and its samples; what is not known is left out', async () => {
  const samples = () => [{ value: 1 }, { value: undefined }, { value: 2, labels: { a: 'x', b: 'say "\\n"\n' } }]
  expect(await metricsText([{ ...metric, samples }])).toBe(
    '# HELP opensag_x What it is.\n# TYPE opensag_x gauge\nopensag_x 1\nopensag_x{a="x",b="say \\"\\\\n\\"\\n"} 2\n',
  )
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
