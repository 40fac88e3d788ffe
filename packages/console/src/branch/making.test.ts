import { expect, test } from 'vitest'
import { type Draft, emptyDraft } from './draft.ts'
import { isOrdered, madeBy, nextStep, stepNames, stepOf } from './making.ts'

const draft: Draft = {
  ...emptyDraft('1', 'cn-shanghai'),
  ...{ name: 'Lisbon', position: 'Lisbon', serial: 'sag0000001', cidr: '10.1.0.0/24' },
}

test('a box is activated and bound, a vCPE keeps one of its two images', () => {
  expect(stepNames({ ...draft, network: 'ccn-1' })).toEqual(['order', 'activate', 'bind', 'settings', 'join'])
  expect(stepNames({ ...draft, model: 'sag-vcpe', network: 'new' })).toEqual([
    ...['network', 'order', 'one', 'settings', 'join'],
  ])
  expect(stepNames(draft)).toEqual(['order', 'activate', 'bind', 'settings'])
})

test('goes on where it stopped', () => {
  const network = { ...draft, network: 'new' }
  expect(nextStep(network)).toBe('network')
  const made = madeBy(stepOf('network', network), { CcnId: 'ccn-1' }, network)
  const ordered = madeBy(stepOf('order', network), { SmartAGId: 'sag-1' }, { ...network, made })
  const after = { ...network, made: ordered }
  expect(ordered).toEqual({ networkId: 'ccn-1', instanceId: 'sag-1', done: ['network', 'order'] })
  expect(nextStep(after)).toBe('activate')
  expect([isOrdered(network), isOrdered(after)]).toEqual([false, true])
  expect(stepOf('join', after).params).toMatchObject({ SmartAGId: 'sag-1', CcnId: 'ccn-1' })
  expect(nextStep({ ...after, made: { ...ordered, done: stepNames(after) } })).toBeUndefined()
})

test('what was sent is so until its answer comes', () => {
  const sent = { ...draft, made: { sent: 'order', sentAt: 1000, done: [] } }
  expect(nextStep(sent)).toBe('order')
  expect(madeBy(stepOf('order', sent), { SmartAGId: 'sag-1' }, sent)).toEqual({ instanceId: 'sag-1', done: ['order'] })
})

test('what is called is what was answered', () => {
  const ordered = { ...draft, network: 'ccn-9', made: { instanceId: 'sag-1', done: ['order'] } }
  expect(stepOf('order', draft).params).toMatchObject({ Name: 'Lisbon', HardWareSpec: 'sag-1000', HaType: 'no_backup' })
  expect(stepOf('order', { ...draft, model: 'sag-vcpe' }).params).toMatchObject({ HaType: 'warm_backup' })
  expect(stepOf('bind', ordered).params).toEqual({
    ...{ RegionId: 'cn-shanghai', SmartAGId: 'sag-1', SerialNumber: 'sag0000001' },
  })
  expect(stepOf('one', ordered, 'sagb').params).toMatchObject({ SerialNumber: 'sagb' })
  expect(stepOf('settings', ordered).params).toMatchObject({
    ...{ Name: 'Lisbon', Position: 'Lisbon', CidrBlock: '10.1.0.0/24' },
  })
  expect(stepOf('settings', { ...ordered, position: '' }).params['Position']).toBeUndefined()
  expect(stepOf('join', ordered).params).toMatchObject({ CcnId: 'ccn-9' })
})
