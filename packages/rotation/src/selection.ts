import type { Gateway } from './gateway.ts'

/** Which gateways. Of one kind any may match; of several kinds each has to. With none at all: every gateway. */
export interface Selection {
  readonly regions: readonly string[]
  readonly ccns: readonly string[]
  /** Names of instances; `*` stands for any characters, `?` for one. */
  readonly names: readonly string[]
  readonly instances: readonly string[]
  /** From a file; an entry names an instance, or one device of it. */
  readonly listed: readonly ListedGateway[] | undefined
}

export interface ListedGateway {
  readonly line: number
  readonly instanceId: string
  readonly serial: string | undefined
}

export const everyGateway: Selection = { regions: [], ccns: [], names: [], instances: [], listed: undefined }

export function selectGateways(gateways: readonly Gateway[], selection: Selection): readonly Gateway[] {
  const names = selection.names.map(patternOf)
  const listed =
    selection.listed && new Set(selection.listed.map(({ instanceId, serial }) => `${instanceId}/${serial ?? '*'}`))
  return gateways.filter(
    ({ regionId, ccnId, instanceName = '', instanceId, serial }) =>
      isAmong(selection.regions, regionId) &&
      (selection.ccns.length === 0 || (ccnId !== undefined && selection.ccns.includes(ccnId))) &&
      (names.length === 0 || names.some((name) => name.test(instanceName))) &&
      isAmong(selection.instances, instanceId) &&
      (listed === undefined || listed.has(`${instanceId}/*`) || listed.has(`${instanceId}/${serial}`)),
  )
}

/** What was named and is not there, as a person wrote it. */
export function unknownOf(gateways: readonly Gateway[], selection: Selection): readonly string[] {
  const instances = new Set(gateways.map(({ instanceId }) => instanceId))
  const devices = new Set(gateways.map(({ instanceId, serial }) => `${instanceId}/${serial}`))
  return [
    ...selection.instances.filter((id) => !instances.has(id)),
    ...(selection.listed ?? [])
      .filter(({ instanceId, serial }) =>
        serial === undefined ? !instances.has(instanceId) : !devices.has(`${instanceId}/${serial}`),
      )
      .map(({ line, instanceId, serial }) => `line ${line}: ${instanceId}${serial === undefined ? '' : ` ${serial}`}`),
  ]
}

function isAmong(wanted: readonly string[], value: string): boolean {
  return wanted.length === 0 || wanted.includes(value)
}

function patternOf(glob: string): RegExp {
  const parts = [...glob].map((char) =>
    char === '*' ? '.*' : char === '?' ? '.' : char.replace(/[\\^$.|+()[\]{}]/g, '\\$&'),
  )
  // Runs of stars would make a hopeless match take exponential time.
  return new RegExp(`^${parts.join('').replace(/(\.\*)+/g, '.*')}$`, 'su')
}
