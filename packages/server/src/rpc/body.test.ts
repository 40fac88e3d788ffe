import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { longestExamples, longestPolicy } from '../access/policy/index.ts'
import { createBodyReader, noRoom, tooLarge } from './body.ts'
import { decode } from './decode.ts'
import { defaultLimits } from './limits.ts'
import { urlencoded } from './testing/signing-client.suite.ts'

const limits = { bodySize: 100, smallBody: 10, bodyRoom: 150 }
const read = createBodyReader(limits)

/** A stream that gives what it is told to. */
function slow(): Readable {
  return new Readable({ read() {} })
}
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

test('bodies that are being read have a bound together, small ones are always read', async () => {
  const held = slow()
  const whole = read(held)
  held.push(Buffer.alloc(90))
  await turn()
  expect(await read(Readable.from([Buffer.alloc(90)]))).toBe(noRoom)
  expect(await read(Readable.from([Buffer.alloc(10)]))).toHaveLength(10)
  expect(await read(Readable.from([Buffer.alloc(60)]))).toHaveLength(60)
  held.push(Buffer.alloc(5))
  held.push(null)
  expect(await whole).toHaveLength(95)
  expect(await read(Readable.from([Buffer.alloc(90)]))).toHaveLength(90)
})

test('what is too long, or breaks off, gives its room back', async () => {
  for (let time = 0; time < 5; time++) {
    expect(await read(Readable.from([Buffer.alloc(90), Buffer.alloc(90)]))).toBe(tooLarge)
    const broken = slow()
    const failed = read(broken)
    broken.push(Buffer.alloc(90))
    await turn()
    broken.destroy(new Error('gone'))
    await expect(failed).rejects.toThrow('gone')
  }
  expect(await read(Readable.from([Buffer.alloc(100)]))).toHaveLength(100)
})

test('what is not handed on is wiped, since it may hold a password', async () => {
  const parts = (): Buffer[] => [Buffer.alloc(60, 1), Buffer.alloc(30, 1), Buffer.alloc(30, 1)]
  const areZero = (chunks: readonly Buffer[]) => chunks.every((chunk) => chunk.every((byte) => byte === 0))

  const tooLong = parts()
  const stream = Readable.from(tooLong)
  const refused = read(stream)
  await new Promise((ended) => stream.once('end', ended))
  expect(await refused).toBe(tooLarge)
  expect(areZero(tooLong)).toBe(true)

  const [first, second] = parts() as [Buffer, Buffer]
  expect(await read(Readable.from([first, second]))).toEqual(Buffer.alloc(90, 1))
  expect(areZero([first, second])).toBe(true)

  const [only] = parts() as [Buffer]
  const broken = slow()
  const failed = read(broken)
  broken.push(only)
  await turn()
  broken.destroy(new Error('gone'))
  await expect(failed).rejects.toThrow('gone')
  await turn()
  expect(areZero([only])).toBe(true)
})

test('the largest documented parameters fit, in the form that takes most', () => {
  const form = urlencoded({
    Action: 'CreatePolicy',
    PolicyDocument: '中'.repeat(longestPolicy),
    Examples: '中'.repeat(longestExamples),
    Description: '中'.repeat(1024),
  })
  expect(form.length).toBeGreaterThan(9 * (longestPolicy + longestExamples))
  expect(form.length).toBeLessThan(defaultLimits.bodySize)
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const request = { method: 'POST', target: '/', headers, distinct: () => ({}), body: Buffer.from(form) }
  const { params } = decode({ ...request, secure: false, source: undefined }, defaultLimits)
  expect(params.get('Examples')).toHaveLength(longestExamples)
})
