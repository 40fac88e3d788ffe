import { createManualTime, type FromGateway, mostSessions, Secret } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { createLogOnConnection } from './connection-log-ons.ts'

const request = { instanceId: 'sag-1', userName: 'anna', terminal: 'OpenVPN linux', source: '192.0.2.1' }
const session = 'a'.repeat(32)

function open() {
  const time = createManualTime()
  let asked = 0
  const connection = createLogOnConnection({ random: (bytes) => Buffer.alloc(bytes, asked++), timers: time.timers })
  const sent: FromGateway[] = []
  const link = { send: (message: FromGateway) => void sent.push(message) }
  const ask = () => connection.logOn({ ...request, password: Secret.of('Secret-pass1') })
  return { time, connection, sent, link, ask }
}

/** What was counted has been sent. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve))

const idOf = (message: FromGateway | undefined): string => (message?.kind === 'log-on' ? message.id : '')

test('each answer is that of its question', async () => {
  const { connection, sent, link, ask } = open()
  connection.online(link, 1000)
  const [one, two] = [ask(), ask()]
  const online = { session, address: '10.9.0.2', bandwidth: 2000 }
  connection.answered({ kind: 'logged-on', id: idOf(sent[1]), refused: 'LogonFailed' })
  connection.answered({ kind: 'logged-on', id: idOf(sent[0]), online })
  expect(await one).toEqual({ is: 'online', ...online })
  expect(await two).toEqual({ is: 'refused', code: 'LogonFailed' })
})

test('without a connection, or when it ends, or when no answer comes, nobody is let in', async () => {
  const { time, connection, link, ask } = open()
  await expect(ask()).rejects.toThrow('cannot be reached')
  connection.online(link, 1000)
  const cutOff = expect(ask()).rejects.toThrow('connection to the server ended')
  connection.offline()
  await cutOff
  connection.online(link, 1000)
  const unanswered = expect(ask()).rejects.toThrow('does not answer')
  time.advance(20_000)
  await unanswered
})

test('signs of life are sent at once when there is a connection and then as often as the server wants, a bounded number in each', async () => {
  const { time, connection, sent, link } = open()
  const sessions = Array.from({ length: mostSessions + 1 }, (_, bytes) => ({ session, bytes }))
  connection.keepAlive(async () => sessions)
  connection.online(link, 1000)
  const counts = () => sent.flatMap((message) => (message.kind === 'users-alive' ? [message.sessions.length] : []))
  await settled()
  expect(counts()).toEqual([mostSessions, 1])
  expect(sent.at(-1)).toEqual({ kind: 'users-alive', sessions: [session], bytes: [mostSessions] })
  time.advance(1000)
  await settled()
  expect(counts()).toEqual([mostSessions, 1, mostSessions, 1])
  time.advance(1000)
  connection.offline()
  time.advance(5000)
  await settled()
  expect(counts()).toHaveLength(4)
})
