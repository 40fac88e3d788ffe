import { compareVersions, ipv4ToNumber, isVersion, networksIn, siteTags } from '@opensag/rules'
import type { Query, QueryKey } from './query.ts'
import { type FleetRow, healthOf, healths, isTrouble, passwordStates, passwordStatesOf } from './row.ts'
import { tagText, valueOfTag } from './tags.ts'

/** What a row does not say itself. */
export interface FleetFacts {
  readonly networkNames: ReadonlyMap<string, string>
  /** The newest version that any gateway of a model has. */
  readonly newest: ReadonlyMap<string, string>
}

/** Words for `kind:`, as the API and as people say. */
const kinds: Readonly<Record<string, FleetRow['InstanceType']>> = {
  hardware: 'hardware',
  gateway: 'hardware',
  vcpe: 'vcpe',
  app: 'app',
}

type Rule = (row: FleetRow) => boolean

/** The rows that every part of the question is true of. */
export function matching(rows: readonly FleetRow[], query: Query, facts: FleetFacts): readonly FleetRow[] {
  if (query.terms.length === 0 && query.words.length === 0) return rows
  const rules = query.terms.map(({ key, values }): Rule => {
    const some = values.map((value) => ruleOf(key, value, facts) ?? (() => false))
    return (row) => some.some((rule) => rule(row))
  })
  return rows.filter((row) => rules.every((rule) => rule(row)) && query.words.every((word) => hasWord(row, word)))
}

/** Values that a key cannot have, as `state:ofline`: they match nothing. */
export function mistakesIn({ terms }: Query, facts: FleetFacts): readonly string[] {
  return terms.flatMap(({ key, values }) =>
    values.filter((value) => ruleOf(key, value, facts) === undefined).map((value) => `${key}:${value}`),
  )
}

function ruleOf(key: QueryKey, value: string, facts: FleetFacts): Rule | undefined {
  switch (key) {
    case 'state': {
      if (value === 'trouble') return (row) => isTrouble(healthOf(row))
      const health = healths.find((one) => one === value)
      return health && ((row) => healthOf(row) === health)
    }
    case 'region':
      return ({ RegionId }) => RegionId.startsWith(value)
    case 'network':
      if (value === 'none') return ({ AssociatedCcnId }) => AssociatedCcnId === undefined
      return ({ AssociatedCcnId: id }) =>
        id !== undefined && (id === value || facts.networkNames.get(id)?.toLowerCase() === value)
    case 'kind': {
      const kind = kinds[value]
      return kind && (({ InstanceType }) => InstanceType === kind)
    }
    case 'version':
      return versionRule(value)
    case 'model':
      return ({ HardwareVersion }) => HardwareVersion?.toLowerCase() === value
    case 'password': {
      const state = passwordStates.find((one) => one === value)
      return state && ((row) => passwordStatesOf(row).includes(state))
    }
    case 'id':
      return ({ SmartAGId }) => SmartAGId.includes(value)
    case 'serial':
      return ({ SerialNumber }) => SerialNumber?.toLowerCase().includes(value) === true
    case 'address':
      return (row) => hasAddress(row, value) || row.CidrBlock?.includes(value) === true
    case 'tag':
      if (value === 'none') return ({ Tags = [] }) => Tags.length === 0
      return ({ Tags = [] }) =>
        Tags.some((tag) => tag.Key?.toLowerCase() === value || tagText(tag).toLowerCase() === value)
    case 'site':
      if (value === 'none') return (row) => valueOfTag(row, siteTags.site) === undefined
      return (row) => valueOfTag(row, siteTags.site)?.toLowerCase().includes(value) === true
    case 'is':
      return value === 'behind' ? (row) => isBehind(row, facts) : undefined
  }
}

function versionRule(value: string): Rule | undefined {
  const [, sign = '', version = ''] = /^(<=|>=|<|>|=)?(.*)$/.exec(value) ?? []
  if (!isVersion(version)) return undefined
  return ({ SoftwareVersion }) => {
    const order = SoftwareVersion === undefined ? undefined : compareVersions(SoftwareVersion, version)
    if (order === undefined) return false
    return order < 0 ? sign.startsWith('<') : order > 0 ? sign.startsWith('>') : !/^[<>]$/.test(sign)
  }
}

/** What is newest of each model, by what gateways have: no other list of versions is known for all of them. */
export function newestVersions(rows: readonly FleetRow[]): ReadonlyMap<string, string> {
  const found = new Map<string, Set<string>>()
  for (const { HardwareVersion: model, SoftwareVersion: version } of rows) {
    if (model === undefined || version === undefined) continue
    const versions = found.get(model)
    if (versions === undefined) found.set(model, new Set([version]))
    else versions.add(version)
  }
  return new Map(
    [...found].map(([model, versions]) => [
      model,
      [...versions].reduce((one, other) => ((compareVersions(other, one) ?? -1) > 0 ? other : one)),
    ]),
  )
}

export function isBehind(
  { HardwareVersion, SoftwareVersion }: FleetRow,
  { newest }: Pick<FleetFacts, 'newest'>,
): boolean {
  const best = newest.get(HardwareVersion ?? '')
  return best !== undefined && SoftwareVersion !== undefined && (compareVersions(SoftwareVersion, best) ?? 0) < 0
}

const texts = new WeakMap<FleetRow, string>()

/** Made once for a row, and gone with it. */
function textOf(row: FleetRow): string {
  const known = texts.get(row)
  if (known !== undefined) return known
  const { Name, SmartAGId, SerialNumber, CidrBlock, HardwareVersion, SoftwareVersion, RegionId, AssociatedCcnId } = row
  const parts = [Name, SmartAGId, SerialNumber, CidrBlock, HardwareVersion, SoftwareVersion, RegionId, AssociatedCcnId]
  const text = [...parts, ...(row.Tags ?? []).map(tagText)].join('\n').toLowerCase()
  texts.set(row, text)
  return text
}

function hasWord(row: FleetRow, word: string): boolean {
  return textOf(row).includes(word) || hasAddress(row, word)
}

/** It is in one of the blocks of the instance. */
function hasAddress({ CidrBlock }: FleetRow, word: string): boolean {
  const address = ipv4ToNumber(word)
  return address !== undefined && networksIn(CidrBlock).some(({ first, last }) => first <= address && address <= last)
}
