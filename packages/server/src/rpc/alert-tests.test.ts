import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { startServer } from '../start.ts'
import { storeOf } from '../store/testing/database.suite.ts'
import { createFlowControl } from './flow-control.ts'
import { signV1, urlencoded } from './testing/signing-client.suite.ts'

test('an account tests six times at once, then once in ten seconds; another one does not wait for it', () => {
  let now = 0
  const flow = createFlowControl(1, undefined, { timers: { now: () => now } })
  for (let count = 0; count < 6; count++) flow.admitAlertTest('one')
  expect(() => flow.admitAlertTest('one')).toThrow(
    expect.objectContaining({ code: 'Throttling.User', retryAfterMs: 10_000 }),
  )
  flow.admitAlertTest('other')
  now += 10_000
  flow.admitAlertTest('one')
  expect(() => flow.admitAlertTest('one')).toThrow(expect.objectContaining({ retryAfterMs: 10_000 }))
})

test('a server keeps to that pace', async () => {
  const data = await mkdtemp(join(tmpdir(), 'opensag-paced-'))
  const mails: string[] = []
  const server = await startServer({
    ...{ data, host: '127.0.0.1', port: 0, regionId: 'cn-shanghai', heartbeatMs: 15_000, answerMs: 2000 },
    mailer: { send: async ({ to }) => void mails.push(to) },
    logger: pino({ level: 'silent' }),
    ...storeOf(data),
  })
  const { firstCredentials } = server
  if (firstCredentials === undefined) throw new Error('There is no key.')
  const key = { accessKeyId: firstCredentials.accessKeyId, secret: firstCredentials.accessKeySecret.reveal() }
  const call = async (params: Record<string, string>): Promise<Record<string, unknown>> => {
    const signed = signV1(key, { Version: '2026-12-01', Format: 'JSON', ...params }, { method: 'GET', now: Date.now() })
    return (await (await fetch(`${server.url}/?${urlencoded(signed)}`)).json()) as Record<string, unknown>
  }
  try {
    const made = await call({
      ...{ Action: 'CreateAlertChannel', Name: 'noc', Kind: 'Mail' },
      ...{ Address: 'noc@example.com', Language: 'en' },
    })
    const asked = { Action: 'TestAlertChannel', AlertChannelId: String(made['AlertChannelId']) }
    const answers: unknown[] = []
    for (let count = 0; count < 7; count++) answers.push(await call(asked))
    expect(answers.slice(0, 6)).toMatchObject(Array(6).fill({ Outcome: 'Sent' }))
    expect(answers[6]).toMatchObject({ Code: 'Throttling.User' })
    expect(mails).toHaveLength(6)
  } finally {
    await server.close()
    await rm(data, { recursive: true, force: true })
  }
})
