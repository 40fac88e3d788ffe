import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromGatewaySchema, fromServerSchema } from './messages.ts'
import { isOfAMachine, mostEchoes, toolRequestSchema, toolTarget } from './tools.ts'

const accepts = (target: unknown): boolean => toolTarget.safeParse(target).success

describe('a target', () => {
  test.each(['10.0.1.1', '8.8.8.8', 'till.branch.example', 'router', 'a-b_c.example', '1and1.example'])(
    'is %s',
    (target) => {
      expect(accepts(target)).toBe(true)
    },
  )

  const parts = [';', '-', '$(', ')', '`', '\n', ' ', '"', "'", '&', '|', '\0', '\\', '/', ':', 'a', '1', '.', '%', 'é']

  test('whatever it is, has nothing that a program could take for an option, a second argument or another command', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      fc.array(fc.constantFrom(...parts), { maxLength: 20 }).map((all) => all.join('')),
      fc.domain().map((name) => `${name};reboot`),
      fc.ipV4().map((address) => `-${address}`),
    )
    fc.assert(
      fc.property(text, (target) => {
        if (accepts(target)) expect(target).toMatch(/^[a-z0-9_][a-z0-9._-]{0,252}$/)
      }),
    )
  })

  test('is no number in disguise, which programs read as an address', () => {
    const number = fc.oneof(
      fc.nat().map(String),
      fc.nat().map((value) => `0x${value.toString(16)}`),
      fc.tuple(fc.nat(300), fc.nat(300)).map((all) => all.join('.')),
      fc.tuple(fc.domain(), fc.nat()).map((all) => all.join('.')),
    )
    fc.assert(fc.property(number, (target) => !accepts(target)))
  })

  test('that is an address is one exactly when it can be of another machine', () => {
    fc.assert(fc.property(fc.ipV4(), (address) => accepts(address) === isOfAMachine(address)))
    for (const own of ['0.0.0.0', '127.0.0.1', '169.254.169.254', '224.0.0.5', '240.0.0.1', '255.255.255.255']) {
      expect([own, accepts(own)]).toEqual([own, false])
    }
    fc.assert(fc.property(fc.ipV6(), (address) => !accepts(address)))
  })
})

describe('a request', () => {
  const ping = { tool: 'ping', target: '10.0.1.1', from: 'lan', count: 4 } as const

  test('has the parameters of its tool and no others', () => {
    expect(toolRequestSchema.parse(ping)).toEqual(ping)
    for (const wrong of [
      { ...ping, count: 0 },
      { ...ping, count: mostEchoes + 1 },
      { ...ping, count: 1.5 },
      { ...ping, count: '4' },
      { ...ping, from: 'eth0' },
      { ...ping, flags: '-f' },
      { ...ping, target: undefined },
      { tool: 'traceroute', target: '10.0.1.1', from: 'lan', count: 4 },
      { tool: 'log', target: '10.0.1.1' },
      { tool: 'reboot' },
    ]) {
      expect([wrong, toolRequestSchema.safeParse(wrong).success]).toEqual([wrong, false])
    }
  })

  test('goes to a gateway with a time that is bounded', () => {
    const message = { kind: 'tool', id: 'one', request: ping, withinMs: 6_000 }
    expect(fromServerSchema.safeParse(message).success).toBe(true)
    for (const withinMs of [0, 20_001, 1.5]) {
      expect(fromServerSchema.safeParse({ ...message, withinMs }).success).toBe(false)
    }
    expect(fromServerSchema.safeParse({ ...message, id: '../one' }).success).toBe(false)
  })
})

test('an answer has no control characters, and no more rows than it may have', () => {
  const of = (answer: unknown) => fromGatewaySchema.safeParse({ kind: 'tool-answer', id: 'one', answer }).success
  const line = { at: 1, level: 'info', text: 'Not connected.' }
  const log = (rows: readonly unknown[]) => ({ is: 'done', result: { tool: 'log', log: rows } })
  expect(of(log([line]))).toBe(true)
  expect(of(log([{ ...line, text: '\x1b[2J' }]))).toBe(false)
  expect(of(log(Array.from({ length: 201 }, () => line)))).toBe(false)
  expect(of({ is: 'undone', why: 'missing', detail: 'ping' })).toBe(true)
  expect(of({ is: 'undone', why: 'no idea' })).toBe(false)
  expect(of({ is: 'busy' })).toBe(true)
})
