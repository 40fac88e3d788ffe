import { readFile } from 'node:fs/promises'
import {
  doubtsOf,
  type GatewayState,
  type JournalState,
  type PlannedGateway,
  type Status,
  type Summary,
  summarise,
} from '@opensag/rotation'
import { writeDurably } from '@opensag/server/tools'
import { CommandFailure } from '../exit.ts'
import { namedFile, unreadable } from '../named-file.ts'
import { say } from '../say.ts'
import { publicKeyFrom, verifierOf } from './evidence-key.ts'
import { BrokenLines, firstLine, type LineKey, type LineRecord, readLines, signLine } from './signed-lines.ts'

/** What an auditor is given: who, when, which gateways, with what result. Nothing of it is a password. */
export type EvidenceRecord =
  | {
      readonly kind: 'rotation'
      readonly rotation: string
      readonly began: string
      readonly endpoint: string
      readonly selection: string
      readonly passwords: 'made' | 'given'
    }
  | ({ readonly kind: 'run' } & JournalState['runs'][number])
  | ({ readonly kind: 'gateway' } & GatewayEvidence)
  | { readonly kind: 'end'; readonly gateways: number; readonly summary: Summary }

interface GatewayEvidence {
  readonly regionId: string
  readonly instanceId: string
  readonly serial: string
  readonly model: string | undefined
  readonly version: string | undefined
  readonly operation: string | undefined
  readonly result: Status
  readonly why: string | undefined
  readonly at: string | undefined
  /** Of every answered call: the service's own audit has them too. */
  readonly requestIds: readonly string[]
}

export function evidenceOf({ began, runs, plan, gateways }: JournalState): readonly EvidenceRecord[] {
  const { rotation, at, endpoint, selection, passwords } = began
  return [
    { kind: 'rotation', rotation, began: at, endpoint, selection, passwords },
    ...runs.map((run) => ({ kind: 'run', ...run }) as const),
    ...plan.map((gateway, index) => gatewayEvidence(gateway, gateways[index])),
    { kind: 'end', gateways: plan.length, summary: summarise(gateways.map(({ outcome }) => outcome)) },
  ]
}

function gatewayEvidence(gateway: PlannedGateway, gatewayState: GatewayState | undefined): EvidenceRecord {
  const { regionId, instanceId, serial, model, version, choice } = gateway
  const outcome = gatewayState?.outcome
  const inDoubt = outcome === undefined && gatewayState !== undefined && doubtsOf(gatewayState).length > 0
  return {
    kind: 'gateway',
    regionId,
    instanceId,
    serial,
    model,
    version,
    operation: 'operation' in choice ? choice.operation : undefined,
    result: outcome?.is ?? 'pending',
    why:
      outcome === undefined || outcome.is === 'changed'
        ? inDoubt
          ? 'a call of it may have worked'
          : undefined
        : outcome.why,
    at: gatewayState?.decidedAt,
    requestIds: gatewayState?.requestIds ?? [],
  }
}

export async function writeEvidence(path: string, state: JournalState, key: LineKey): Promise<void> {
  let at = firstLine
  const lines = evidenceOf(state).map((record) => {
    const { text, next } = signLine(record, at, key)
    at = next
    return `${text}\n`
  })
  await writeDurably(path, lines.join(''))
}

export interface Verified {
  readonly records: readonly EvidenceRecord[]
  readonly summary: Summary
}

/** @throws CommandFailure when it is not whole and as it was signed */
export async function verifyEvidence(path: string, publicKeyPath: string): Promise<Verified> {
  const key = verifierOf(publicKeyFrom(await namedFile(publicKeyPath, '--key'), publicKeyPath))
  const content = await readFile(path).catch((error: unknown) => {
    throw unreadable(error, path)
  })
  try {
    const { records, whole } = readLines<EvidenceRecord & LineRecord>(content, key, false)
    if (whole !== content.length) throw new BrokenLines('Its last line is cut short.')
    return { records, summary: checkWhole(records) }
  } catch (error) {
    if (error instanceof BrokenLines)
      throw new CommandFailure(say('{path} is not valid evidence. {why}', { path, why: error.message }))
    throw error
  }
}

function checkWhole(records: readonly EvidenceRecord[]): Summary {
  const [first] = records
  const last = records.at(-1)
  if (first?.kind !== 'rotation') throw new BrokenLines('It does not begin with a rotation.')
  if (last?.kind !== 'end') throw new BrokenLines('Its end is missing.')
  const gateways = records.filter((record) => record.kind === 'gateway')
  const named = new Set(gateways.map(({ regionId, instanceId, serial }) => `${regionId}/${instanceId}/${serial}`))
  if (gateways.length !== last.gateways || named.size !== last.gateways) throw new BrokenLines('It is not whole.')
  return last.summary
}
