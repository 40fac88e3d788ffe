import { expect, test } from 'vitest'
import type { FleetRow } from '../fleet/row.ts'
import { inOrder, passwordDevices } from './password-devices.ts'
import { listName, makePasswords, passwordCsv, passwordsParam } from './password-list.ts'

function row(SmartAGId: string, given: Partial<FleetRow> = {}): FleetRow {
  return {
    ...{ SmartAGId, RegionId: 'cn', InstanceType: 'hardware', Status: 'Active', BusinessState: 'Normal' },
    ...{ DeviceCount: 1, OnlineCount: 1, LockedCount: 0, CreateTime: 0, SerialNumber: `${SmartAGId}-1` },
    ...{ HardwareVersion: 'sag-1000', SoftwareVersion: '2.3.1.1', ...given },
  } as FleetRow
}

const { SerialNumber: _, ...app } = row('e', { InstanceType: 'app' })
const rows = [
  row('a', { Name: '=a' }),
  row('b', { SerialNumber: 'b1,b2', OnlineCount: 2 }),
  row('c', { HardwareVersion: 'SCG5000', SoftwareVersion: '3.4.1' }),
  row('d', { HardwareVersion: 'sag-vcpe' }),
  app as FleetRow,
  row('f', { OnlineCount: 0 }),
]
const byId = new Map(rows.map((one) => [one.SmartAGId, one]))

test('every device either gets a password or has the reason why not', () => {
  const found = passwordDevices([...byId.keys(), 'x'], byId)
  expect(found.map(({ key, against }) => [key, against])).toEqual([
    ['a a-1', undefined],
    ['b b1', undefined],
    ['b b2', undefined],
    ['c c-1', 'version'],
    ['d d-1', 'model'],
    ['e', 'app'],
    ['f f-1', 'offline'],
    ['x', 'unseen'],
  ])
})

const able = passwordDevices(['a', 'b'], byId)

test('they stand in the order of the server: of a pair the standby one first, the other in a later wave', () => {
  const { devices, parts } = inOrder(able)
  expect(devices.map(({ serial }) => serial)).toEqual(['a-1', 'b2', 'b1'])
  expect(parts).toEqual([2, 1])
})

test('each gets another one; what is saved and what the server is given are the same', () => {
  const passwords = makePasswords(able, (bytes) => crypto.getRandomValues(new Uint8Array(bytes)))
  const texts = passwords.map(({ password }) => password)
  expect(new Set(texts).size).toBe(3)
  for (const text of texts) expect(text).toMatch(/^\w{24}$/)
  expect(passwordsParam(passwords)).toBe(`a-1:${texts[0]},b1:${texts[1]},b2:${texts[2]}`)
  expect(passwordCsv(passwords).split('\r\n').slice(0, 3)).toEqual([
    'region,instance,serial,password,name',
    // A spreadsheet computes nothing of it.
    `cn,a,a-1,${texts[0]},'=a`,
    `cn,b,b1,${texts[1]},`,
  ])
})

test('a list says when it was made and whether it can be read', () => {
  const at = Date.UTC(2026, 10, 30, 21, 5, 9)
  expect(listName(at, true)).toBe('gateway-passwords-20261130-210509.csv.age')
  expect(listName(at, false)).toBe('gateway-passwords-20261130-210509.csv')
})
