import { expect, test } from 'vitest'
import type { Gateway } from '../store/gateways.ts'
import { admit, type Claim } from './admission.ts'

const delivered: Gateway = {
  serial: 'sag00001',
  enrolmentKeySealed: '',
  signKey: undefined,
  sealKey: undefined,
  ticket: undefined,
  ticketNext: undefined,
  trusted: false,
  node: undefined,
  passwordGeneration: 0,
}
const enrolled: Gateway = { ...delivered, signKey: 'sign', sealKey: 'seal', ticket: 'T1', ticketNext: 'T2' }
const trusted: Gateway = { ...enrolled, ticket: undefined, ticketNext: undefined, trusted: true }
const claim: Claim = {
  mode: 'resume',
  signKey: 'sign',
  sealKey: 'seal',
  signed: true,
  knowsEnrolmentKey: false,
  ticket: 'T1',
}
const enrolling: Claim = { ...claim, mode: 'enrol', knowsEnrolmentKey: true, ticket: undefined }

test.each<[string, Gateway | undefined, Claim, string]>([
  ['an unknown serial', undefined, claim, 'NotAdmitted'],
  ['a wrong signature', enrolled, { ...claim, signed: false }, 'NotAdmitted'],
  ['a wrong signature and the right enrolment key', delivered, { ...enrolling, signed: false }, 'NotAdmitted'],
  ['a wrong enrolment key', delivered, { ...enrolling, knowsEnrolmentKey: false }, 'NotAdmitted'],
  [
    'a wrong enrolment key with other keys',
    enrolled,
    { ...enrolling, knowsEnrolmentKey: false, signKey: 'x' },
    'NotAdmitted',
  ],
  ['one that never enrolled', delivered, claim, 'NotAdmitted'],
  ['other keys', enrolled, { ...claim, signKey: 'other' }, 'NotAdmitted'],
  ['another sealing key', enrolled, { ...claim, sealKey: 'other' }, 'NotAdmitted'],
  ['a second device that enrols', enrolled, { ...enrolling, signKey: 'other', ticket: 'T1' }, 'AlreadyEnrolled'],
  ['an old ticket', enrolled, { ...claim, ticket: 'T0' }, 'StaleTicket'],
  ['no ticket though one was confirmed', enrolled, { ...claim, ticket: undefined }, 'StaleTicket'],
  ['enrolling again without the ticket', enrolled, enrolling, 'StaleTicket'],
  ['other keys, though the operator trusts the right ones', trusted, { ...claim, signKey: 'other' }, 'NotAdmitted'],
])('%s is refused', (_, gateway, brought, code) => {
  const hacked = code !== 'NotAdmitted'
  expect(admit(gateway, brought)).toMatchObject({ is: 'refused', code, hacked })
})

test('every refusal that a stranger can provoke reads the same', () => {
  expect(admit(undefined, claim)).toEqual(admit(enrolled, { ...claim, signed: false }))
})

test.each<[string, Gateway, Claim, { enrols: boolean; confirmed: string | undefined }]>([
  ['a delivered gateway enrols', delivered, enrolling, { enrols: true, confirmed: undefined }],
  [
    'whatever ticket an earlier enrolment left it',
    delivered,
    { ...enrolling, ticket: 'T9' },
    { enrols: true, confirmed: undefined },
  ],
  ['the welcome was lost', { ...enrolled, ticket: undefined }, enrolling, { enrols: false, confirmed: undefined }],
  ['the confirmed ticket', enrolled, claim, { enrols: false, confirmed: 'T1' }],
  ['any ticket of one the operator trusts', trusted, { ...claim, ticket: 'T7' }, { enrols: false, confirmed: 'T7' }],
  ['the issued one', enrolled, { ...claim, ticket: 'T2' }, { enrols: false, confirmed: 'T2' }],
  [
    'the first one was never stored',
    { ...enrolled, ticket: undefined },
    { ...claim, ticket: undefined },
    { enrols: false, confirmed: undefined },
  ],
])('admitted: %s', (_, gateway, brought, expected) => {
  expect(admit(gateway, brought)).toEqual({ is: 'admitted', ...expected })
})
