import { expect, test } from 'vitest'
import { endings } from './endings.ts'
import { type Absence, type Cause, healthOfGateway, type Surroundings } from './gateway-health.ts'

const gone = {
  connected: false,
  connectedAt: 1,
  lastSeenAt: 50,
  restartingSince: undefined,
  lockedSince: undefined,
} as const
const nothing: Absence = { ending: undefined, secondIdentity: false }
const alone: Surroundings = { othersConnected: false, isInArrears: false }

test('one that is connected is online, and nothing is said of why not', () => {
  const health = healthOfGateway({ ...gone, connected: true }, { ...nothing, ending: endings.silent }, alone)
  expect(health).toEqual({ state: 'Online', ruledOut: [] })
})

test('one that has never come is not said to have gone', () => {
  const health = healthOfGateway({ ...gone, connectedAt: undefined }, nothing, alone)
  expect(health).toEqual({ state: 'NeverConnected', ruledOut: [] })
})

test.each<[string, object, Partial<Absence>, Partial<Surroundings>, Cause, number]>([
  ['its lock is closed', { lockedSince: 60, restartingSince: 55 }, { secondIdentity: true }, {}, 'OfflineLock', 60],
  ['it was told to restart', { restartingSince: 55 }, { secondIdentity: true }, {}, 'Restart', 55],
  ['another identity came', {}, { ending: endings.goodbye, secondIdentity: true }, {}, 'SecondIdentity', 50],
  ['the server stopped, for all of them', {}, { ending: endings.serverStopped }, {}, 'ServerStopped', 50],
  ['its node is gone', {}, { ending: endings.nodeGone }, {}, 'ServerStopped', 50],
  ['others have come back', {}, { ending: endings.serverStopped }, { othersConnected: true }, 'Unknown', 50],
  ['it has to enrol anew', {}, { ending: endings.newIdentity }, {}, 'NewIdentity', 50],
  ['the operator ended it', {}, { ending: endings.operator }, { othersConnected: true }, 'Operator', 50],
  ['a password was not proved', {}, { ending: endings.passwordNotProved }, {}, 'PasswordChange', 50],
  ['it said goodbye', {}, { ending: endings.goodbye }, { othersConnected: true }, 'Goodbye', 50],
  ['it fell silent', {}, { ending: endings.silent }, {}, 'Unknown', 50],
  ['the connection broke', {}, { ending: endings.broken }, {}, 'Unknown', 50],
  ['words that nobody knows', {}, { ending: 'read ECONNRESET' }, {}, 'Unknown', 50],
  ['nothing was written down', {}, {}, {}, 'Unknown', 50],
])('%s', (_, device, absence, around, cause, offlineSince) => {
  const health = healthOfGateway({ ...gone, ...device }, { ...nothing, ...absence }, { ...alone, ...around })
  expect(health).toMatchObject({ state: 'Offline', cause, offlineSince })
})

test('what is ruled out is what facts rule out, and no more', () => {
  const at = (device: object, absence: Partial<Absence>, around: Partial<Surroundings>) =>
    healthOfGateway({ ...gone, ...device }, { ...nothing, ...absence }, { ...alone, ...around }).ruledOut
  expect(at({}, {}, { othersConnected: true })).toEqual([
    'OfflineLock',
    'Subscription',
    'Restart',
    'SecondIdentity',
    'Server',
  ])
  expect(at({}, {}, {})).not.toContain('Server')
  expect(at({}, {}, { isInArrears: true })).not.toContain('Subscription')
  expect(at({ lockedSince: 1 }, {}, {})).not.toContain('OfflineLock')
  expect(at({ restartingSince: 1 }, {}, {})).not.toContain('Restart')
  expect(at({}, { secondIdentity: true }, {})).not.toContain('SecondIdentity')
})

test('the words of an ending that was followed by a lock are not told as the reason', () => {
  const health = healthOfGateway({ ...gone, lockedSince: 60 }, { ...nothing, ending: endings.silent }, alone)
  expect(health.ending).toBeUndefined()
})
