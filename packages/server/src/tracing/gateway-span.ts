import { word } from './known.ts'
import type { OpenSpan, Place, Tracing } from './tracing.ts'

const starts = {
  'set password': { name: word('gateway set password'), kind: 'client' },
  reboot: { name: word('gateway reboot'), kind: 'client' },
  upgrade: { name: word('gateway upgrade'), kind: 'client' },
} as const

const outcomes = { applied: word('applied'), refused: word('refused'), unknown: word('unknown') } as const

/** What one gateway is told, until what it did with it is known, or nobody will know. */
export interface ToldGateway {
  ended(outcome: keyof typeof outcomes): void
}

export function toldGateway(tracing: Tracing, command: keyof typeof starts): ToldGateway {
  const span: OpenSpan = tracing.begin(starts[command])
  return {
    ended(outcome) {
      span.add({ 'opensag.outcome': outcomes[outcome] })
      if (outcome !== 'applied') span.failed(outcomes[outcome])
      span.end()
    },
  }
}

/** Of a change of a password, from when it was handed to whoever holds the gateway. */
export interface ChangeTrace extends ToldGateway {
  /** The gateway was told. */
  told(): void
  /** Where the change was handed over: what comes of it is a part of the same trace. */
  readonly place: Place
}

export function changeTrace(tracing: Tracing): ChangeTrace {
  const place = tracing.here()
  let gateway: ToldGateway | undefined
  return {
    told() {
      gateway = place(() => toldGateway(tracing, 'set password'))
    },
    ended: (outcome) => gateway?.ended(outcome),
    place,
  }
}
