import { expect, test } from 'vitest'
import { countsByTone, type Trouble, troubleLines } from './troubles.ts'

const at = (minute: number): string => new Date(minute * 60_000).toISOString()

function trouble(
  Kind: string,
  instances: readonly (readonly [string, number?, string?])[],
  TotalCount?: number,
): Trouble {
  return {
    Kind,
    TotalCount: TotalCount ?? instances.length,
    Instances: instances.map(([SmartAGId, minute, Cause]) => ({
      SmartAGId,
      RegionId: 'cn-shanghai',
      ...(minute === undefined ? {} : { Since: at(minute) }),
      ...(Cause === undefined ? {} : { Cause }),
    })),
  }
}

const shown = (troubles: readonly Trouble[]) =>
  troubleLines(troubles).map(({ kind, total, instances }) => [
    kind,
    total,
    instances.map(({ SmartAGId }) => SmartAGId).join(),
  ])

test('offline before degraded before to do, and inside by age', () => {
  expect(
    shown([
      trouble('Offline', [
        ['b', 20, 'Unknown'],
        ['c', 30, 'Goodbye'],
      ]),
      trouble('Locked', [['a', 10, 'OfflineLock']]),
      trouble('TunnelDown', [['t']]),
      trouble('PartlyOnline', [['p', 5]]),
      trouble('DefaultPassword', [['d']]),
      trouble('EndsSoon', [['e']]),
    ]),
  ).toEqual([
    ['Locked', 1, 'a'],
    ['Offline', 1, 'b'],
    ['Offline', 1, 'c'],
    ['TunnelDown', 1, 't'],
    ['PartlyOnline', 1, 'p'],
    ['DefaultPassword', 1, 'd'],
    ['EndsSoon', 1, 'e'],
  ])
})

test('three of one known cause are one line; of an unknown one each is its own', () => {
  const three = (cause: string) => (['a', 'b', 'c'] as const).map((id, index) => [id, index + 1, cause] as const)
  expect(shown([trouble('Offline', three('ServerStopped'))])).toEqual([['Offline', 3, 'a,b,c']])
  expect(shown([trouble('Offline', three('Unknown'))])).toHaveLength(3)
  expect(shown([trouble('Offline', three('Goodbye').slice(1))])).toHaveLength(2)
})

test('what is not told by name is counted in a line of its own, behind those that are', () => {
  expect(shown([trouble('Offline', [['a', 1, 'Unknown']], 12), trouble('Locked', [['l']])])).toEqual([
    ['Offline', 1, 'a'],
    ['Locked', 1, 'l'],
    ['Offline', 11, ''],
  ])
})

test('a kind that later servers tell of is left out rather than shown wrong', () => {
  expect(shown([trouble('Something', [['a']])])).toEqual([])
  expect(
    countsByTone([trouble('Something', [['a']]), trouble('Offline', [['a']], 4), trouble('Behind', [['b']])]),
  ).toEqual({ bad: 4, warn: 0, info: 1 })
})

test('of equal tone those that are tagged critical come first, however long the others are away', () => {
  const critical = [{ Key: 'critical', Value: '' }]
  const offline = trouble('Offline', [
    ['old', 1],
    ['new', 50],
  ])
  const [old, fresh] = offline.Instances
  if (old === undefined || fresh === undefined) throw new Error('They are there.')
  const partly = { ...trouble('PartlyOnline', []), Instances: [{ SmartAGId: 'p', RegionId: 'cn', Tags: critical }] }
  const lines = troubleLines([
    { ...offline, Instances: [old, { ...fresh, Tags: critical }] },
    { ...partly, TotalCount: 1 },
  ])
  expect(lines.map(({ instances }) => instances[0]?.SmartAGId)).toEqual(['new', 'old', 'p'])
})
