import { expect, test } from 'vitest'
import { cities } from './cities.ts'
import { placeOf } from './place.ts'

const shanghai = { latitude: 31.2, longitude: 121.5 }

test.each(['Shanghai', 'shanghai, Pudong', '上海市浦东新区', 'Store 12 (Shanghai)', '  Shanghai  '])(
  '%s is in Shanghai',
  (text) => {
    expect(placeOf(text)).toMatchObject(shanghai)
  },
)

test('coordinates are latitude and longitude, in degrees', () => {
  expect(placeOf('31.23, 121.47')).toEqual({ latitude: 31.23, longitude: 121.47 })
  expect(placeOf('-33.9，151')).toEqual({ latitude: -33.9, longitude: 151 })
})

test.each([undefined, '', ' ', 'the cellar', 'Jerome', '91, 10', '10, 181', '1,2,3'])('%s is nowhere', (text) => {
  expect(placeOf(text)).toBeUndefined()
})

test('of two cities the one named first', () => {
  expect(placeOf('Hangzhou, road to Shanghai')).toMatchObject({ latitude: 30.3 })
  expect(placeOf("Xi'an")).toMatchObject({ latitude: 34.3 })
})

test('every city is found by each of its names, on this earth', () => {
  for (const [names, zh, latitude, longitude] of cities) {
    for (const name of [...names.split('|'), zh])
      expect({ name, ...placeOf(name) }).toMatchObject({ latitude, longitude })
    expect(Math.abs(latitude)).toBeLessThan(90)
    expect(Math.abs(longitude)).toBeLessThanOrEqual(180)
  }
})
