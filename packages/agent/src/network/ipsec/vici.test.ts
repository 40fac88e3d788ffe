import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createManualTime, type ManualTime } from '@opensag/protocol'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { until } from '../../../../../test/support/time.ts'
import { connectVici, type Vici } from './vici.ts'
import { encodePacket, packetType, textIn } from './vici-codec.ts'

const folder = (): string => mkdtempSync(join(tmpdir(), 'vici-'))
let place: string
let server: Server
let time: ManualTime
/** The other end: what it got, and what it says. */
let charon: { readonly socket: Socket; received(): string }
let vici: Vici

beforeEach(async () => {
  place = folder()
  time = createManualTime()
  const accepted = new Promise<typeof charon>((resolve) => {
    server = createServer((socket) => {
      let received = ''
      socket.on('data', (data) => {
        received += data.toString('latin1')
      })
      socket.on('error', () => undefined)
      resolve({ socket, received: () => received })
    })
  })
  await new Promise<void>((resolve) => server.listen(join(place, 'charon.vici'), resolve))
  vici = await connectVici(join(place, 'charon.vici'), time.timers, 1_000)
  charon = await accepted
  answered = 0
})

afterEach(() => {
  vici.close()
  charon.socket.destroy()
  server.close()
  rmSync(place, { recursive: true })
})

let answered = 0

/** Waits for something that was not answered yet. */
async function answerNext(packets: readonly Buffer[]): Promise<void> {
  await until('something is asked', () => charon.received().length > answered)
  answered = charon.received().length
  for (const packet of packets) charon.socket.write(packet)
}

const response = (message = {}): Buffer => encodePacket(packetType.response, '', message)
const confirmed = encodePacket(packetType.confirmed, '')
const event = (name: string, message: object): Buffer => encodePacket(packetType.event, name, { ...message })

test('answers belong to requests in their order, however they are cut', async () => {
  const asked = ['one', 'two'].map((name) => vici.request(name))
  await until('both are asked', () => charon.received().includes('two'))
  for (const byte of Buffer.concat([response({ a: '1' }), response({ a: '2' })])) charon.socket.write(Buffer.of(byte))
  expect((await Promise.all(asked)).map((message) => textIn(message, 'a'))).toEqual(['1', '2'])
})

test('what charon refuses is an error with its reason, and the next answer belongs to the next request', async () => {
  const asked = [vici.request('load-conn'), vici.request('nonsense'), vici.request('version')]
  const outcomes = Promise.allSettled(asked)
  charon.socket.write(response({ success: 'no', errmsg: 'no such thing' }))
  charon.socket.write(encodePacket(packetType.unknownCommand, ''))
  charon.socket.write(response({ version: '5' }))
  expect(
    (await outcomes).map((one) => (one.status === 'rejected' ? String(one.reason) : textIn(one.value, 'version'))),
  ).toEqual(['ViciError: no such thing', 'ViciError: charon does not know what it was asked.', '5'])
})

test('a list has the events of its own request, and the next one begins when it is over', async () => {
  const lists = ['first', 'second'].map((ike) => vici.list('list-sas', 'list-sa', { ike }))
  for (const name of ['first', 'second']) {
    await answerNext([confirmed])
    await until('it is asked', () => charon.received().includes(name))
    await answerNext([event('list-sa', { name }), event('other', { name: 'x' }), response()])
    await answerNext([confirmed])
  }
  expect((await Promise.all(lists)).map((items) => items.map((item) => textIn(item, 'name')))).toEqual([
    ['first'],
    ['second'],
  ])
})

test('events come to whoever has subscribed, also between requests', async () => {
  const heard: (string | undefined)[] = []
  charon.socket.write(confirmed)
  await vici.subscribe('ike-updown', (message) => heard.push(textIn(message, 'up')))
  charon.socket.write(event('ike-updown', { up: 'yes' }))
  await until('it is heard', () => heard.length > 0)
  expect(heard).toEqual(['yes'])
})

test('a charon that does not answer in time is given up, and every request with it', async () => {
  let ended = ''
  vici.onEnd((how) => {
    ended = how
  })
  const asked = Promise.allSettled([vici.request('one'), vici.request('two')])
  time.advance(999)
  expect(ended).toBe('')
  time.advance(1)
  expect(ended).toBe('silent')
  expect((await asked).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  await expect(vici.request('three')).rejects.toThrow('did not answer')
  expect(time.pending()).toBe(0)
})

test('each answer gives the next request its time anew, and without a request none runs', async () => {
  const [one, two] = [vici.request('one'), vici.request('two')]
  time.advance(900)
  charon.socket.write(response())
  await one
  time.advance(900)
  charon.socket.write(response())
  await two
  expect(time.pending()).toBe(0)
})

test.each<[string, Buffer]>([
  ['announces more than a packet holds', Buffer.from('00080001', 'hex')],
  ['sends no packet', Buffer.from('00000002' + '0109', 'hex')],
  ['answers what it was not asked', response()],
])('a charon that %s is given up', async (_, bytes) => {
  const ended = new Promise((resolve) => vici.onEnd(resolve))
  charon.socket.write(bytes)
  expect(await ended).toBe('ended')
})

test('a connection that charon closes rejects what was asked, and says so also to who listens later', async () => {
  const asked = vici.request('one')
  charon.socket.end()
  await expect(asked).rejects.toThrow('closed')
  const late: string[] = []
  vici.onEnd((how) => late.push(how))
  expect(late).toEqual(['ended'])
})
