import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cutMark, detailsText, longestDetails, longestValue, readDetails } from './details.ts'

const thing = { resource: 'acs:smartag:cn-shanghai:1:smartag/sag-1', id: 'sag-1', name: 'branch' }
const change = { resource: thing.resource, field: 'Name', before: 'old', after: 'branch' }

test('what was written is read back', () => {
  const details = { things: [thing], changes: [change], parameters: { SmartAGId: 'sag-1', 'SnatEntries.1.SnatIp': '' } }
  expect(readDetails(detailsText(details))).toEqual({ ...details, isCut: false })
})

test('an entry without anything to show has no details', () => {
  expect(detailsText({ things: [], changes: [], parameters: {} })).toBeUndefined()
  expect(readDetails(undefined)).toEqual({ things: [], changes: [], parameters: {}, isCut: false })
})

describe('however long the values are', () => {
  test('a value of the longest length is whole, and one that is longer is cut with a mark', () => {
    const parameters = { whole: 'a'.repeat(longestValue), longer: 'a'.repeat(longestValue + 1), wide: '网'.repeat(999) }
    const { whole, longer, wide } = readDetails(detailsText({ things: [], changes: [], parameters })).parameters
    expect(whole).toBe(parameters.whole)
    expect(longer).toBe('a'.repeat(longestValue - Buffer.byteLength(cutMark)) + cutMark)
    expect(wide).toMatch(/^网+…\[cut\]$/)
    expect(Buffer.byteLength(wide ?? '')).toBeLessThanOrEqual(longestValue)
  })

  test('what names the thing and what changed is kept rather than what was sent', () => {
    const parameters = Object.fromEntries(Array.from({ length: 99 }, (_, n) => [`P${n}`, 'a'.repeat(999)]))
    const details = readDetails(detailsText({ things: [thing], changes: [change], parameters }))
    expect(details).toMatchObject({ things: [thing], changes: [change], isCut: true })
    expect(Object.keys(details.parameters)).toEqual(['P0', 'P1', 'P2', 'P3', 'P4', 'P5', 'P6'])
  })

  test('the whole is bounded and can be read', () => {
    const value = fc.string({ unit: 'binary', maxLength: 3000 })
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), value), { maxLength: 30 }), value, (pairs, name) => {
        const parameters = Object.fromEntries(pairs)
        const text = detailsText({ things: [{ ...thing, name }], changes: [{ ...change, after: name }], parameters })
        expect(Buffer.byteLength(text ?? '')).toBeLessThanOrEqual(longestDetails)
        const details = readDetails(text)
        expect(details.isCut).toBe(Object.keys(details.parameters).length < Object.keys(parameters).length)
      }),
    )
  })
})
