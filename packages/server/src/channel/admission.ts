import type { RefusalCode } from '@opensag/protocol'
import type { Gateway } from '../store/gateways.ts'

/** What a gateway brought, checked as far as that needs no row. */
export interface Claim {
  readonly mode: 'enrol' | 'resume'
  readonly signKey: string
  readonly sealKey: string
  /** It holds the private half of `signKey`. */
  readonly signed: boolean
  /** It knows the enrolment key of the row it names. */
  readonly knowsEnrolmentKey: boolean
  /** Hash of its ticket. */
  readonly ticket: string | undefined
}

export type Admission =
  | { readonly is: 'refused'; readonly code: RefusalCode; readonly message: string; readonly hacked: boolean }
  /** `confirmed`: the ticket that counts from now on. */
  | { readonly is: 'admitted'; readonly enrols: boolean; readonly confirmed: string | undefined }

export const notAdmitted: Admission & { is: 'refused' } = {
  is: 'refused',
  code: 'NotAdmitted',
  message: 'The serial number and the proof do not belong to a gateway of this server.',
  hacked: false,
}

/** Whether these are the keys it enrolled with. */
export function hasKeys(
  gateway: Pick<Gateway, 'signKey' | 'sealKey'>,
  claim: { readonly signKey: string; readonly sealKey: string },
): boolean {
  return gateway.signKey === claim.signKey && gateway.sealKey === claim.sealKey
}

/** The admission table of docs/gateway-protocol.md, top to bottom. */
export function admit(gateway: Gateway | undefined, claim: Claim): Admission {
  if (gateway === undefined || !claim.signed) return notAdmitted
  if (claim.mode === 'enrol' && !claim.knowsEnrolmentKey) return notAdmitted
  if (gateway.signKey === undefined) {
    return claim.mode === 'enrol' ? { is: 'admitted', enrols: true, confirmed: undefined } : notAdmitted
  }
  if (!hasKeys(gateway, claim)) {
    if (claim.mode === 'resume') return notAdmitted
    return {
      is: 'refused',
      code: 'AlreadyEnrolled',
      message: 'Another device has enrolled with this serial number. The operator can make it forget that one.',
      hacked: true,
    }
  }
  const isKnown = claim.ticket === gateway.ticket || (claim.ticket !== undefined && claim.ticket === gateway.ticketNext)
  if (!gateway.trusted && !isKnown) {
    return {
      is: 'refused',
      code: 'StaleTicket',
      message:
        'A copy of this device has connected since, or the server was restored. Its operator can forget or trust the device.',
      hacked: true,
    }
  }
  return { is: 'admitted', enrols: false, confirmed: claim.ticket }
}
