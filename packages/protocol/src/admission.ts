import type { RefusalCode } from './handshake-messages.ts'

/** What the server knows of the gateway with that serial number. */
export interface KnownGateway {
  /** Undefined before it enrolled. */
  readonly signKey: string | undefined
  readonly sealKey: string | undefined
  /** Hashes of the tickets it may come back with: the confirmed one, and the one issued since. */
  readonly ticket: string | undefined
  readonly ticketNext: string | undefined
  /** The operator trusts whoever has its keys, whatever ticket they bring; once. */
  readonly trusted: boolean
}

/** How a key to enrol anew with begins: a gateway that is given one makes new keys for itself. */
export const reenrolmentPrefix = 'reenrol-'

/** What a gateway brought, checked as far as that needs no row. */
export interface Claim {
  readonly mode: 'enrol' | 'resume'
  readonly signKey: string
  readonly sealKey: string
  /** It holds the private half of `signKey`. */
  readonly signed: boolean
  /** It knows the enrolment key of the row it names. */
  readonly knowsEnrolmentKey: boolean
  /** It knows the key that the operator has given out for enrolling anew. */
  readonly knowsReenrolmentKey?: boolean
  /** Hash of its ticket, and of the one before: the newest may never have been confirmed. */
  readonly ticket: string | undefined
  readonly ticketBefore?: string | undefined
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
  gateway: Pick<KnownGateway, 'signKey' | 'sealKey'>,
  claim: { readonly signKey: string; readonly sealKey: string },
): boolean {
  return gateway.signKey === claim.signKey && gateway.sealKey === claim.sealKey
}

/** The admission table of docs/gateway-protocol.md, top to bottom. */
export function admit(gateway: KnownGateway | undefined, claim: Claim): Admission {
  if (gateway === undefined || !claim.signed) return notAdmitted
  if (claim.mode === 'enrol' && claim.knowsReenrolmentKey === true) {
    return { is: 'admitted', enrols: true, confirmed: undefined }
  }
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
  // None is confirmed yet, so none is needed. A gateway that enrolled anew may still have one from before.
  if (!gateway.trusted && gateway.ticket === undefined && !isIssued(gateway, claim)) {
    return { is: 'admitted', enrols: false, confirmed: undefined }
  }
  if (gateway.trusted || isKnown(gateway, claim.ticket))
    return { is: 'admitted', enrols: false, confirmed: claim.ticket }
  if (!isKnown(gateway, claim.ticketBefore)) {
    return {
      is: 'refused',
      code: 'StaleTicket',
      message:
        'A copy of this device has connected since, or the server was restored. Its operator can forget or trust the device.',
      hacked: true,
    }
  }
  return { is: 'admitted', enrols: false, confirmed: claim.ticketBefore }
}

function isIssued({ ticketNext }: Tickets, { ticket, ticketBefore }: Claim): boolean {
  return ticketNext !== undefined && [ticket, ticketBefore].includes(ticketNext)
}

function isKnown({ ticket, ticketNext }: Tickets, brought: string | undefined): boolean {
  return brought === ticket || (brought !== undefined && brought === ticketNext)
}

export type Tickets = Pick<KnownGateway, 'ticket' | 'ticketNext'>

/** Each admission issues a new ticket, in the unit of work that decides it: two copies are seen one after the other. */
export function ticketsAfterAdmission({ confirmed }: Admission & { is: 'admitted' }, issued: string): Tickets {
  return { ticket: confirmed, ticketNext: issued }
}

/** The gateway has stored it. Undefined: another admission came between, and this connection must not go on. */
export function ticketsAfterStoring({ ticketNext }: Tickets, issued: string): Tickets | undefined {
  return ticketNext === issued ? { ticket: issued, ticketNext: undefined } : undefined
}
