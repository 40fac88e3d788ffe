import { describe, expect, test } from 'vitest'
import { type BandwidthLimit, bandwidthLimit, isQosDescription, isTimeSpan, qosTime } from './qos.ts'

const absolute: BandwidthLimit = {
  limitType: 'Absolute',
  minAbs: 2,
  maxAbs: 6,
  minPercent: 200,
  maxPercent: 1,
  percentSource: 'InternetUpBandwidth',
}
const percent: BandwidthLimit = {
  ...absolute,
  limitType: 'Percent',
  minAbs: 9,
  maxAbs: 1,
  minPercent: 20,
  maxPercent: 90,
}

describe('a limit', () => {
  test('keeps the bandwidths of its own type, whatever the others are', () => {
    expect(bandwidthLimit(absolute)).toEqual({ ...absolute, minPercent: 0, maxPercent: 0 })
    expect(bandwidthLimit(percent)).toEqual({ ...percent, minAbs: 0, maxAbs: 0 })
  })

  test.each([
    ['an absolute minimum of 0', { ...absolute, minAbs: 0 }],
    ['an absolute maximum that is the minimum', { ...absolute, maxAbs: 2 }],
    ['a percentage of 0', { ...percent, minPercent: 0 }],
    ['a percentage above 100', { ...percent, maxPercent: 101 }],
    ['a maximum below the minimum', { ...percent, minPercent: 91 }],
  ])('is none with %s', (_title, limit) => {
    expect(bandwidthLimit(limit)).toBeUndefined()
  })
})

test('a time is one of China', () => {
  expect(qosTime('1970-01-01T08:00:00+0800')).toBe(0)
  expect(qosTime('2022-07-14T16:41:33+0800')).toBe(Date.UTC(2022, 6, 14, 8, 41, 33))
})

test.each([
  '2026-02-30T00:00:00+0800',
  '2026-01-01T24:00:00+0800',
  '2026-01-01T00:00:00+0900',
  '2026-01-01T00:00:00Z',
  '2026-01-01',
])('%s is no such time', (text) => {
  expect(qosTime(text)).toBeUndefined()
})

test('a span ends after it starts, or is open', () => {
  const [early, late] = ['2022-07-14T16:41:33+0800', '2022-07-14T16:41:34+0800']
  expect(isTimeSpan({ startTime: early, endTime: late })).toBe(true)
  expect(isTimeSpan({ startTime: late, endTime: undefined })).toBe(true)
  expect(isTimeSpan({ startTime: early, endTime: early })).toBe(false)
  expect(isTimeSpan({ startTime: late, endTime: early })).toBe(false)
})

test.each([
  ['a', true],
  ['办公 流量. v_1-2', true],
  ['1st', false],
  ['a!', false],
  [`a${'b'.repeat(511)}`, true],
  [`a${'b'.repeat(512)}`, false],
])('the description %s', (text, is) => {
  expect(isQosDescription(text)).toBe(is)
})
