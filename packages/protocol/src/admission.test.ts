import { expect, test } from 'vitest'
import { admit, type Claim, type KnownGateway, ticketsAfterAdmission, ticketsAfterStoring } from './admission.ts'

const delivered: KnownGateway = {
  signKey: undefined,
  sealKey: undefined,
  ticket: undefined,
  ticketNext: undefined,
  trusted: false,
}
const enrolled: KnownGateway = { ...delivered, signKey: 'sign', sealKey: 'seal', ticket: 'T1', ticketNext: 'T2' }
const trusted: KnownGateway = { ...enrolled, ticket: undefined, ticketNext: undefined, trusted: true }
const claim: Claim = {
  mode: 'resume',
  signKey: 'sign',
  sealKey: 'seal',
  signed: true,
  knowsEnrolmentKey: false,
  ticket: 'T1',
}
const enrolling: Claim = { ...claim, mode: 'enrol', knowsEnrolmentKey: true, ticket: undefined }

test.each<[string, KnownGateway | undefined, Claim, string]>([
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
  [
    'no ticket though one was confirmed, and none was issued since',
    { ...enrolled, ticketNext: undefined },
    { ...claim, ticket: undefined },
    'StaleTicket',
  ],
  [
    'a second device with a wrong signature and the key to enrol anew',
    enrolled,
    { ...enrolling, knowsReenrolmentKey: true, signed: false },
    'NotAdmitted',
  ],
  ['enrolling again without the ticket', enrolled, enrolling, 'StaleTicket'],
  ['other keys, though the operator trusts the right ones', trusted, { ...claim, signKey: 'other' }, 'NotAdmitted'],
])('%s is refused', (_, gateway, brought, code) => {
  const hacked = code !== 'NotAdmitted'
  expect(admit(gateway, brought)).toMatchObject({ is: 'refused', code, hacked })
})

test('every refusal that a stranger can provoke reads the same', () => {
  expect(admit(undefined, claim)).toEqual(admit(enrolled, { ...claim, signed: false }))
})

test.each<[string, KnownGateway, Claim, { enrols: boolean; confirmed: string | undefined }]>([
  ['a delivered gateway enrols', delivered, enrolling, { enrols: true, confirmed: undefined }],
  [
    'whatever ticket an earlier enrolment left it',
    delivered,
    { ...enrolling, ticket: 'T9' },
    { enrols: true, confirmed: undefined },
  ],
  ['the welcome was lost', { ...enrolled, ticket: undefined }, enrolling, { enrols: false, confirmed: undefined }],
  [
    'with other keys and the key to enrol anew',
    enrolled,
    { ...enrolling, knowsEnrolmentKey: false, knowsReenrolmentKey: true, signKey: 'other' },
    { enrols: true, confirmed: undefined },
  ],
  [
    'it enrolled anew, lost the connection before it got a ticket, and has those from before',
    { ...enrolled, ticket: undefined },
    { ...claim, ticket: 'T9', ticketBefore: 'T8' },
    { enrols: false, confirmed: undefined },
  ],
  [
    'the first ticket, stored and not confirmed',
    { ...enrolled, ticket: undefined },
    { ...claim, ticket: 'T2' },
    { enrols: false, confirmed: 'T2' },
  ],
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

test('an admission confirms the ticket that was brought, and only the ticket issued last is confirmed by storing it', () => {
  const admitted = admit(enrolled, claim)
  if (admitted.is !== 'admitted') throw new Error('It was refused.')
  const after = ticketsAfterAdmission(admitted, 'T3')
  expect(after).toEqual({ ticket: 'T1', ticketNext: 'T3' })
  expect(ticketsAfterStoring(after, 'T2')).toBeUndefined()
  expect(ticketsAfterStoring(after, 'T3')).toEqual({ ticket: 'T3', ticketNext: undefined })
})
