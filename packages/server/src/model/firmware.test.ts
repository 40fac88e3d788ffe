import { expect, test } from 'vitest'
import { type Firmware, firmwareOf, upgradesFor } from './firmware.ts'

function firmware(version: string): Firmware {
  return { model: 'sag-1000', version, name: version, type: 'release', createdAt: 0 }
}

const offered = ['2.3.0.0', '2.10.0.0', '2.4.0.0'].map(firmware)

test('upgrades are the newer ones, newest first, compared by number', () => {
  expect(upgradesFor({ version: '2.3.0.0' }, offered).map(({ version }) => version)).toEqual(['2.10.0.0', '2.4.0.0'])
})

test('before there is a device everything is offered', () => {
  expect(upgradesFor(undefined, offered)).toHaveLength(3)
})

test('a version code may leave out parts that are 0', () => {
  expect(firmwareOf('2.4', offered)?.version).toBe('2.4.0.0')
  expect(firmwareOf('2.5', offered)).toBeUndefined()
})
