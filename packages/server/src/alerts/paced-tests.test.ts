import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import type { AlertMessage } from '../model/alert-message.ts'
import { signV1, urlencoded } from '../rpc/testing/signing-client.suite.ts'
import { startServer } from '../start.ts'
import { storeOf } from '../store/testing/database.suite.ts'
import { paceTests } from './paced-tests.ts'
import type { SendAlert } from './sender.ts'

const channel = {} as Parameters<SendAlert>[0]
const of = (accountId: string): AlertMessage => ({ accountId }) as AlertMessage

test('an account tests six times at once, then once in ten seconds; another one does not wait for it', async () => {
  let now = 0
  const send = paceTests(async () => undefined, { seed: 1, now: () => now })
  for (let count = 0; count < 6; count++) await send(channel, of('one'))
  await expect(send(channel, of('one'))).rejects.toMatchObject({ code: 'Throttling.User', retryAfterMs: 10_000 })
  await send(channel, of('other'))
  now += 10_000
  await send(channel, of('one'))
  await expect(send(channel, of('one'))).rejects.toMatchObject({ retryAfterMs: 10_000 })
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
