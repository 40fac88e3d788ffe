import { randomBytes } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { createFrames, type Frames } from './frames.ts'
import { createLink, type Link, LinkEnded } from './link.ts'
import { type FromGateway, type FromServer, fromGatewaySchema } from './messages.ts'
import { ProtocolError } from './wire.ts'

let bufferedAmount: number
let sent: (string | Buffer)[]
let done: string[]
let beats: number
let now: number
let link: Link<FromGateway, FromServer>
let other: Frames

beforeEach(() => {
  bufferedAmount = 0
  sent = []
  done = []
  beats = 0
  now = 1000
  link = createLink<FromGateway, FromServer>({
    socket: {
      get bufferedAmount() {
        return bufferedAmount
      },
      send: (data) => sent.push(data),
      close: () => done.push('closed'),
      terminate: () => done.push('terminated'),
    },
    incoming: fromGatewaySchema,
    onBeat: () => beats++,
    wallClock: () => now,
  })
  link.onEnd((reason) => done.push(reason))
})

function seal(): void {
  const [shared, transcript] = [randomBytes(32), randomBytes(32)]
  link.seal(createFrames('server', shared, transcript))
  other = createFrames('gateway', shared, transcript)
}

test('messages are read in the order they came, whether somebody waits or not', async () => {
  seal()
  const waiting = link.next()
  for (const changeId of ['one', 'two']) link.received(other.seal(JSON.stringify({ kind: 'settled', changeId })), true)
  expect(await waiting).toEqual({ kind: 'settled', changeId: 'one' })
  expect(await link.next()).toEqual({ kind: 'settled', changeId: 'two' })
})

test('heartbeats count as heard and reach nobody who reads', () => {
  seal()
  expect(link.takeHeard()).toBe(false)
  link.received(other.seal('{"kind":"beat"}'), true)
  expect(beats).toBe(1)
  expect(link.takeHeard()).toBe(true)
  expect(link.takeHeard()).toBe(false)
})

test('when something opened last is known, and what does not open is no word of the other side', () => {
  expect(link.heardAt).toBeUndefined()
  seal()
  link.received(other.seal('{"kind":"beat"}'), true)
  now = 2000
  expect(link.heardAt).toBe(1000)
  link.received(randomBytes(40), true)
  expect(link.heardAt).toBe(1000)
})

test.each([
  ['a text after the handshake', () => link.received(Buffer.from('{}'), false)],
  ['a frame that does not open', () => link.received(Buffer.alloc(40), true)],
])('%s ends the link', (_, act) => {
  seal()
  act()
  expect(done[0]).toBe('terminated')
  expect(link.isOpen).toBe(false)
})

test.each([
  ['a frame before the handshake is done', () => link.received(Buffer.alloc(40), true)],
  ['a text that is too long', () => link.received(Buffer.alloc(5000, 'x'), false)],
])('%s ends the link', (_, act) => {
  act()
  expect(done[0]).toBe('terminated')
})

test('a message that is none of the protocol is an error of its reader, without its content', async () => {
  seal()
  link.received(other.seal('{"kind":"secret thing"}'), true)
  const reading = link.next()
  await expect(reading).rejects.toThrow(ProtocolError)
  await expect(reading).rejects.not.toThrow('secret thing')
})

test('whoever does not take what it is sent is cut off', () => {
  seal()
  bufferedAmount = 10 ** 9
  link.send({ kind: 'beat' })
  expect(sent).toEqual([])
  expect(done[0]).toBe('terminated')
})

test('whoever sends faster than it is served is cut off', () => {
  seal()
  for (let message = 0; message < 100; message++) link.received(other.seal('{"kind":"ticket-stored"}'), true)
  expect(done[0]).toBe('terminated')
})

test('the end is told once, and to whoever waits', async () => {
  const waiting = link.nextText()
  link.end('Enough.', 'gently')
  link.closed('The socket closed.')
  await expect(waiting).rejects.toThrow(LinkEnded)
  await expect(link.nextText()).rejects.toThrow('Enough.')
  expect(done).toEqual(['closed', 'Enough.'])
})

test('who sends more frames than are allowed is disconnected, before they are opened', () => {
  let allowed = 3
  const paced = createLink<FromGateway, FromServer>({
    socket: { bufferedAmount: 0, send: () => {}, close: () => {}, terminate: () => done.push('terminated') },
    incoming: fromGatewaySchema,
    onBeat: () => beats++,
    pace: { take: () => allowed-- > 0, waitMs: () => 0 },
  })
  paced.onEnd((reason) => done.push(reason))
  const [shared, transcript] = [randomBytes(32), randomBytes(32)]
  paced.seal(createFrames('server', shared, transcript))
  other = createFrames('gateway', shared, transcript)
  for (let beat = 0; beat < 5; beat++) paced.received(other.seal('{"kind":"beat"}'), true)
  expect([beats, done]).toEqual([3, ['terminated', 'The other side sends too much.']])
})

test('what came before the end is not read after it', async () => {
  seal()
  for (const changeId of ['one', 'two']) link.received(other.seal(JSON.stringify({ kind: 'settled', changeId })), true)
  link.end('over')
  await expect(link.next()).rejects.toThrow(LinkEnded)
})

test('a little more than may wait to be sent ends it, a little less does not', () => {
  seal()
  bufferedAmount = 256 * 1024
  link.send({ kind: 'beat' })
  expect(link.isOpen).toBe(true)
  bufferedAmount += 1
  link.send({ kind: 'beat' })
  expect(link.isOpen).toBe(false)
})

/** A reader whose work is done when the test says so. */
function createReader() {
  const read: string[] = []
  const failures: unknown[] = []
  const ends: { readonly done: () => void; readonly threw: (error: Error) => void }[] = []
  return {
    read,
    failures,
    ends,
    receive(message: FromGateway): Promise<void> {
      read.push('changeId' in message ? message.changeId : message.kind)
      return new Promise((done, threw) => ends.push({ done, threw }))
    },
    failed: (error: unknown) => void failures.push(error),
  }
}

function settled(changeId: string): void {
  link.received(other.seal(JSON.stringify({ kind: 'settled', changeId })), true)
}

async function turn(): Promise<void> {
  for (let count = 0; count < 10; count++) await Promise.resolve()
}

describe('a reader', () => {
  test('is given one message after the other, those that came before it too, and none of the heartbeats', async () => {
    seal()
    const reader = createReader()
    settled('one')
    link.serve(reader)
    settled('two')
    link.received(other.seal('{"kind":"beat"}'), true)
    await turn()
    expect(reader.read).toEqual(['one'])
    reader.ends[0]?.done()
    await turn()
    expect(reader.read).toEqual(['one', 'two'])
    reader.ends[1]?.done()
    await turn()
    settled('three')
    expect(reader.read).toEqual(['one', 'two', 'three'])
    expect(reader.failures).toEqual([])
  })

  test('hears of the end at once when it has nothing to do, and once', () => {
    const reader = createReader()
    seal()
    link.serve(reader)
    link.end('over')
    link.closed('again')
    expect(reader.failures).toEqual([new LinkEnded('over')])
  })

  test('hears of the end when it is done with its message, and is given nothing that waited', async () => {
    seal()
    const reader = createReader()
    link.serve(reader)
    settled('one')
    settled('two')
    link.end('over')
    await turn()
    expect(reader.failures).toEqual([])
    reader.ends[0]?.done()
    await turn()
    expect([reader.read, reader.failures]).toEqual([['one'], [new LinkEnded('over')]])
  })

  test('that comes after the end hears of it', () => {
    const reader = createReader()
    link.end('over')
    link.serve(reader)
    expect(reader.failures).toEqual([new LinkEnded('over')])
  })

  test('that fails is told why once, and is given nothing more', async () => {
    seal()
    const reader = createReader()
    link.serve(reader)
    settled('one')
    settled('two')
    reader.ends[0]?.threw(new Error('No.'))
    await turn()
    link.end('over')
    settled('three')
    expect([reader.read, reader.failures]).toEqual([['one'], [new Error('No.')]])
  })

  test('is told of a message that is none of the protocol', async () => {
    seal()
    const reader = createReader()
    link.serve(reader)
    link.received(other.seal('{"kind":"nothing"}'), true)
    await turn()
    expect([reader.read, reader.failures]).toEqual([[], [expect.any(ProtocolError)]])
  })

  test('is the only one: nobody else reads', async () => {
    seal()
    link.serve(createReader())
    expect(() => link.serve(createReader())).toThrow('one reader')
    await expect(link.next()).rejects.toThrow('one reader')
  })

  test('that is slower than the other side sends ends the connection', async () => {
    seal()
    const reader = createReader()
    link.serve(reader)
    for (let count = 0; count < 64 + 1; count++) settled(`m${count}`)
    expect(link.isOpen).toBe(true)
    settled('one too many')
    expect(link.isOpen).toBe(false)
  })
})

describe('a message that is longer than a frame', () => {
  const long: FromServer = { kind: 'successor', key: 'k'.repeat(100_000), signature: 's' }

  function sealedWith(sends: 'sends' | undefined): Frames {
    const [shared, transcript] = [randomBytes(32), randomBytes(32)]
    link.seal(createFrames('server', shared, transcript), sends)
    return createFrames('gateway', shared, transcript)
  }

  test('goes in parts to a side that takes them, and is read as one', async () => {
    const [shared, transcript] = [randomBytes(32), randomBytes(32)]
    const incoming = z.looseObject({ kind: z.string() })
    const taking = createLink<FromServer, FromGateway>({
      socket: { bufferedAmount: 0, send: () => {}, close: () => {}, terminate: () => {} },
      incoming: incoming as never,
      onBeat: () => {},
    })
    taking.seal(createFrames('gateway', shared, transcript), 'takes')
    link.seal(createFrames('server', shared, transcript), 'sends')
    link.send({ kind: 'go' })
    link.send(long)
    link.send({ kind: 'go' })
    expect(sent.length).toBeGreaterThan(7)
    for (const frame of sent) taking.received(frame as Buffer, true)
    expect([await taking.next(), await taking.next(), await taking.next()]).toEqual([
      { kind: 'go' },
      long,
      { kind: 'go' },
    ])
  })

  test('is not sent to one that has not said so, and the link goes on', () => {
    const gateway = sealedWith(undefined)
    expect(() => link.send(long)).toThrow(RangeError)
    link.send({ kind: 'go' })
    expect(sent.map((frame) => gateway.open(frame as Buffer))).toEqual(['{"kind":"go"}'])
  })

  test('is no message to a side that takes none', async () => {
    seal()
    link.received(other.seal('+{"kind":'), true)
    await expect(link.next()).rejects.toThrow(ProtocolError)
  })

  test('may wait to be sent itself, and lets the next one wait behind it; more is not taken', () => {
    sealedWith('sends')
    const size = (): number => sent.reduce((bytes, frame) => bytes + (frame as Buffer).length, 0)
    link.send({ ...long, key: 'k'.repeat(1_000_000) })
    bufferedAmount = size()
    link.send({ kind: 'go' })
    expect(link.isOpen).toBe(true)
    bufferedAmount = 0
    link.send({ kind: 'go' })
    bufferedAmount = 300_000
    link.send({ kind: 'go' })
    expect(link.isOpen).toBe(false)
  })
})
