import type { ApiReference, OperationEntry, ParamEntry, Product } from '@opensag/rules'
import { allOperations, type Found } from './reference.ts'

/** Where the values come from that a parameter can name. */
export type Source = { readonly kind: 'instance' | 'serial' } | ({ readonly kind: 'list' } & Lister)

/** An operation whose answer lists the things that a parameter names. */
export interface Lister {
  readonly product: Product
  readonly operation: OperationEntry
  /** The way to the items in the answer: `Users`, `User`. */
  readonly items: readonly string[]
  /** The field of an item that is the value. */
  readonly field: string
  /** The field of an item that is its name for people. */
  readonly label: string | undefined
  /** Parameters that it cannot do without. They are taken from the form. */
  readonly needs: readonly string[]
}

interface Column extends Lister {
  readonly family: string
  readonly resources: readonly string[]
}

/** Names of gateways end so in every family of the APIs; the page has the fleet already. */
const fleetNames: readonly (readonly ['instance' | 'serial', RegExp])[] = [
  ['instance', /(SmartAG|Sag(Ins)?)Ids?$/],
  ['serial', /^((SmartAG|Sag)?Sn(Number)?|SerialNumber)$/],
]

/** What a parameter of an operation names, by the declarations alone; undefined when nothing lists such things. */
export function sourceOf(reference: ApiReference, found: Found, param: ParamEntry): Source | undefined {
  const { api, family, operation } = found
  if (param.secret || param.ignored || param.values !== undefined) return undefined
  const known = api.product === 'Ram' ? undefined : fleetNames.find(([, form]) => form.test(param.name))?.[0]
  if (known !== undefined) return { kind: known }
  const name = singular(param.name).replace(/^\w+(?=RegionId$)/, '')
  const noun = nounOf(name)
  if (noun === undefined || isNew(operation, noun)) return undefined
  const { columns, typeOf } = indexOf(reference)
  const given = new Set(operation.params.map((one) => one.name)).add('RegionId')
  for (const product of productsFor(api.product, name)) {
    const usable = columns.filter((column) => column.product === product && column.needs.every(isGiven))
    const type = typeOf.get(`${product} ${name}`) ?? typeByEnd(typeOf, product, name)
    const byResource = usable.filter(
      ({ resources, field }) => resources.includes(`${type}/*`) && typeOf.get(`${product} ${field}`) === type,
    )
    const byName = usable.filter(
      (column) =>
        // What is named by its name is not named by its ID: groups of RAM.
        !typeOf.has(`${product} ${column.field.replace(/Id$/, 'Name')}`) &&
        listsNoun(column, name, noun, column.family === family.id),
    )
    const [best] = [...fewestNeeds(byResource), ...fewestNeeds(byName)]
    if (best !== undefined) return { kind: 'list', ...best }
  }
  return undefined

  function isGiven(need: string): boolean {
    return given.has(need) && (need !== name || need === 'RegionId')
  }
}

/** OpenSAG's own operations are about things of the other APIs too, and regions are those of SmartAG everywhere. */
function productsFor(product: Product, name: string): readonly Product[] {
  if (name === 'RegionId') return ['Smartag']
  return product === 'OpenSAG' ? ['OpenSAG', 'Smartag', 'Ram'] : [product]
}

function fewestNeeds(columns: readonly Column[]): readonly Column[] {
  return [...columns].sort((a, b) => a.needs.length - b.needs.length)
}

/** `AlertChannelIds` → `AlertChannel`. */
function nounOf(name: string): string | undefined {
  return /^(\w+?)(Id|Name|name)s?$/.exec(name)?.[1]
}

function singular(name: string): string {
  return name.replace(/s$/, '')
}

/** The thing does not exist before the call: `UserName` of `CreateUser`, `NewUserName` of `UpdateUser`. */
function isNew({ name }: OperationEntry, noun: string): boolean {
  return noun.startsWith('New') || (name.startsWith('Create') && name.endsWith(noun))
}

/** Its items are these things, and not something that belongs to one of them. */
function listsNoun(column: Column, name: string, noun: string, isSameFamily: boolean): boolean {
  const { operation, items, field, label } = column
  const own = nounOf(field)
  const isSame =
    field.endsWith(name) ||
    (own !== undefined && name.endsWith(field)) ||
    (isSameFamily && field.toLowerCase() === name.toLowerCase())
  if (!isSame) return false
  // A name is no name of a thing that has an ID.
  if (/name$/i.test(field) && label === undefined && hasId(operation, items)) return false
  const isOf = (text: string): boolean => new RegExp(`(${noun}|${own ?? noun})(e?s|SetType)?$`).test(text)
  return isOf(items.at(-1) ?? '') || isOf(operation.name)
}

function hasId({ result }: OperationEntry, items: readonly string[]): boolean {
  const list = `${items.join('.')}[].`
  return result.some(([path]) => path.startsWith(list) && /Id$/.test(path) && !/(Region|Group)Id$/.test(path))
}

function typeByEnd(typeOf: ReadonlyMap<string, string>, product: Product, name: string): string | undefined {
  for (const [key, type] of typeOf) {
    const [of, param = ''] = key.split(' ')
    if (of === product && singular(name).endsWith(param)) return type
  }
  return undefined
}

interface Index {
  readonly columns: readonly Column[]
  /** `Product Param` → the type of resource that it names in policies. */
  readonly typeOf: ReadonlyMap<string, string>
}

const indexes = new WeakMap<ApiReference, Index>()

function indexOf(reference: ApiReference): Index {
  const known = indexes.get(reference)
  if (known !== undefined) return known
  const all = allOperations(reference)
  const index = { columns: all.flatMap(columnsOf), typeOf: new Map(all.flatMap(typesOf)) }
  indexes.set(reference, index)
  return index
}

/** `acs:ram:*:{account}:user/{UserName}` says that a `UserName` names a `user`. */
function typesOf({ api, operation }: Found): readonly (readonly [string, string])[] {
  return operation.resources.flatMap((resource) => {
    const [, type, param] = /(\w+)\/\{(\w+)\}$/.exec(resource) ?? []
    return type === undefined || param === 'self' ? [] : [[`${api.product} ${param}`, type] as const]
  })
}

function columnsOf({ api, family, operation }: Found): readonly Column[] {
  if (operation.level === 'Write') return []
  const needs = operation.params.filter(({ required }) => required).map(({ name }) => name)
  const resources = operation.resources.map((resource) => resource.replace(/^.*:/, ''))
  return operation.result.flatMap(([path]) => {
    const [, list, field] = /^([\w.]+)\[\]\.(\w+)$/.exec(path) ?? []
    if (list === undefined || field === undefined) return []
    const items = list.split('.')
    const label = labelOf(operation, list, field)
    return [{ product: api.product, family: family.id, operation, items, field, label, needs, resources }]
  })
}

function labelOf({ result }: OperationEntry, list: string, field: string): string | undefined {
  const noun = nounOf(field) ?? field
  const has = (name: string): boolean => name !== field && result.some(([path]) => path === `${list}[].${name}`)
  return ['Name', `${noun}Name`, 'LocalName', 'DisplayName', 'Title', 'Description', 'Comments'].find(has)
}
