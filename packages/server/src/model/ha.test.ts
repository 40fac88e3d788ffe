import { expect, test } from 'vitest'
import { deviceBackup } from './ha.ts'
import { exampleDevice, exampleInstance } from './testing/example.suite.ts'

function pair(active: string, standby: string) {
  return [
    exampleDevice({ role: 'active', version: active }),
    exampleDevice({ serial: 'sag2', role: 'standby', version: standby }),
  ]
}

test.each(['no_backup', 'cold_backup', 'warm_backup'] as const)('one device alone backs nothing up: %s', (haType) => {
  const one = exampleInstance({ haType, devices: [exampleDevice({ role: 'active' })] })
  expect(deviceBackup(one)).toEqual({ isOn: false, type: haType })
})

test('a pair of SAG-1000 is warm whatever was ordered', () => {
  const devices = pair('1.0.0.0', '2.0.0.0')
  expect(deviceBackup(exampleInstance({ haType: 'cold_backup', devices }))).toEqual({ isOn: true, type: 'warm_backup' })
})

test.each([
  ['cold_backup', '1.8.0.0', '1.8.0.0', 'cold_backup'],
  ['no_backup', '1.8.0.0', '1.8.0.0', 'cold_backup'],
  ['warm_backup', '1.8.0.0', '1.8.0.0', 'warm_backup'],
  ['warm_backup', '1.7.9.9', '1.7.9.9', 'cold_backup'],
  ['warm_backup', '1.8.0.0', '1.9.0.0', 'cold_backup'],
] as const)('a pair of SAG-100WM, ordered %s, at %s and %s is %s', (haType, active, standby, type) => {
  const instance = exampleInstance({ spec: 'sag-100wm', haType, devices: pair(active, standby) })
  expect(deviceBackup(instance)).toEqual({ isOn: true, type })
})
