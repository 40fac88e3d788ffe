import { X509Certificate } from 'node:crypto'
import { bytesIn, type ReadSection, sectionIn, sectionsIn, textIn } from './vici-codec.ts'

/** What `list-sas` says of one IKE_SA. */
export interface ListedSa {
  readonly id: string
  readonly name: string
  readonly isEstablished: boolean
  readonly isUp: boolean
  readonly child: string | undefined
}

/** Of one event `list-sa`: the section in it bears the name of the connection. */
export function listedSas(event: ReadSection): readonly ListedSa[] {
  return sectionsIn(event).map(([name, sa]) => {
    const isEstablished = textIn(sa, 'state') === 'ESTABLISHED'
    const children = sectionsIn(sectionIn(sa, 'child-sas')).map(([, child]) => child)
    const carrying = children.find((child) => carryingStates.includes(textIn(child, 'state') ?? ''))
    return {
      id: textIn(sa, 'uniqueid') ?? '',
      name,
      isEstablished,
      isUp: isEstablished && carrying !== undefined,
      child: textIn(carrying ?? children[0], 'name'),
    }
  })
}

/** While a CHILD_SA gets new keys the old ones serve. */
const carryingStates = ['INSTALLED', 'REKEYING', 'REKEYED']

/** Ids of IKE_SAs whose keys were renewed, before and after: of one event `ike-rekey`. */
export function rekeyed(event: ReadSection): readonly { readonly before: string; readonly after: string }[] {
  return sectionsIn(event).flatMap(([, sa]) => {
    const before = textIn(sectionIn(sa, 'old'), 'uniqueid')
    const after = textIn(sectionIn(sa, 'new'), 'uniqueid')
    return before === undefined || after === undefined ? [] : [{ before, after }]
  })
}

/** The names of connections in one event `list-conn`, each with the name of its child. */
export function listedConnections(event: ReadSection): readonly (readonly [name: string, child: string])[] {
  return sectionsIn(event).map(([name, connection]) => {
    const [child] = sectionsIn(sectionIn(connection, 'children'))
    return [name, child?.[0] ?? ''] as const
  })
}

/** When the certificate for a name ends that was issued last, in milliseconds since 1970, of events `list-cert`; undefined: there is none. */
export function endOfNewest(events: readonly ReadSection[], identity: string): number | undefined {
  let newest: Validity | undefined
  for (const event of events) {
    const validity = validityFor(identity, bytesIn(event, 'data'))
    if (validity !== undefined && (newest === undefined || isNewer(validity, newest))) newest = validity
  }
  return newest?.to
}

interface Validity {
  readonly from: number
  readonly to: number
}

/** A certificate begins at a full second. */
function isNewer(one: Validity, other: Validity): boolean {
  return one.from > other.from || (one.from === other.from && one.to > other.to)
}

function validityFor(identity: string, der: Buffer | undefined): Validity | undefined {
  const certificate = certificateOf(der)
  if (certificate === undefined || certificate.ca || certificate.checkHost(identity) === undefined) return undefined
  return { from: Date.parse(certificate.validFrom), to: Date.parse(certificate.validTo) }
}

function certificateOf(der: Buffer | undefined): X509Certificate | undefined {
  try {
    return der === undefined ? undefined : new X509Certificate(der)
  } catch {
    // charon reads some that OpenSSL does not; none of ours is among them.
    return undefined
  }
}
