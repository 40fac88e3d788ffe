import { expect, test } from 'vitest'
import type { Device } from './device.ts'
import { trafficBackup, trafficMaster } from './pair.ts'

function device(serial: string, role: 'active' | 'standby', saying: Partial<Device> = {}): Device {
  return { serial, role, connected: true, ...saying } as Device
}

const says = { hasTraffic: true }

test.each([
  ['neither says that it has the traffic', device('b', 'standby'), device('a', 'active'), 'a'],
  ['the standby one says so', device('b', 'standby', says), device('a', 'active'), 'b'],
  ['both say so', device('b', 'standby', says), device('a', 'active', says), 'a'],
  ['the one that says so is away', device('b', 'standby', { ...says, connected: false }), device('a', 'active'), 'a'],
])('%s', (_, first, second, master) => {
  const instance = { devices: [first, second] }
  expect(trafficMaster(instance)?.serial).toBe(master)
  expect(trafficBackup(instance)?.serial).toBe(master === 'a' ? 'b' : 'a')
})
