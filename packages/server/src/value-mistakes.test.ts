import { expect, test } from 'vitest'
import { z } from 'zod'
import { mistakeIn, mistakesIn } from './value-mistakes.ts'

const port = z.coerce.number().int().min(0).max(65_535).default(7240)

test.each([
  [port, 'abc', 'must be a whole number from 0 to 65535, not "abc"'],
  [port, '1.5', 'must be a whole number from 0 to 65535, not "1.5"'],
  [port, '70000', 'must be a whole number from 0 to 65535, not "70000"'],
  [port, '', 'must be a whole number from 0 to 65535, not ""'],
  [port, '0x50', 'must be a whole number from 0 to 65535, not "0x50"'],
  [port, null, 'must be a whole number from 0 to 65535, not null'],
  [port, false, 'must be a whole number from 0 to 65535, not false'],
  [port, [], 'must be a whole number from 0 to 65535, not a list'],
  [z.coerce.number().int().min(0).max(9).optional(), '', 'must be a whole number from 0 to 9, not ""'],
  [port, {}, 'must be a whole number from 0 to 65535, not an object'],
  [port, '80', undefined],
  [port, undefined, undefined],
  [z.number(), undefined, 'is missing'],
  [z.coerce.number().min(1).max(55), 0.5, 'must be a number from 1 to 55, not 0.5'],
  [z.coerce.number().int(), 'x', 'must be a whole number, not "x"'],
  [z.enum(['starttls', 'tls']), 'ssl', 'must be one of starttls, tls, not "ssl"'],
  [z.literal('on'), 'off', 'must be on, not "off"'],
  [z.string().min(1), '', 'must not be empty'],
  [z.string().max(3), 'long', 'must have at most 3 characters, not "long"'],
  [z.string(), 7, 'must be a text, not 7'],
  [z.array(z.string()), 'one', 'must be a list, not "one"'],
  [z.array(z.string()), ['one', 2], 'must be a text, not 2'],
  [z.iso.datetime(), 'yesterday', 'must be a time such as 2026-11-28T12:00:00Z, not "yesterday"'],
  [z.url(), 'nowhere', 'must be a URL, not "nowhere"'],
  [z.boolean(), 'yes', 'must be true or false, not "yes"'],
  [z.string().regex(/^\d+$/, 'an id has digits only'), 'x', ': an id has digits only'],
  [z.string().regex(/^\d+$/), 'x'.repeat(50), `must be of another form, not "${'x'.repeat(40)}…"`],
])('%# %s', (schema, value, mistake) => {
  expect(mistakeIn(schema as z.ZodType, value)).toBe(mistake)
})

test('of an input each wrong member is named, and no other', () => {
  const schema = z.object({ port, name: z.string().min(1), most: z.coerce.number().int().min(1).max(9) })
  expect([...mistakesIn(schema, { port: 'x', name: 'n' })]).toEqual([
    ['port', 'must be a whole number from 0 to 65535, not "x"'],
    ['most', 'is missing'],
  ])
})
