// What the provider `alicloud` makes of a resource: which calls it makes for it, with which parameters, and what it reads back.

/** What a resource is told in a configuration: a value, what another resource became, or a variable. */
export type Value = string | number | boolean | { readonly idOf: string } | { readonly given: string }
export type Values = Readonly<Record<string, Value>>
/** The values with everything that was not known beforehand in its place. */
export type Known = Readonly<Record<string, string | number | boolean>>

export type Params = Readonly<Record<string, unknown>>
export type Answer = Readonly<Record<string, unknown>>
export type Request = (action: string, params: Params) => Promise<Answer>

export interface ResourceType {
  readonly type: string
  /** Where another value of these is another resource: it is deleted and made anew. */
  readonly forceNew: readonly string[]
  /** What is written and never read back. */
  readonly writeOnly?: readonly string[]
  /** @returns the id Terraform knows it by */
  create(request: Request, values: Known): Promise<string>
  /** @returns what the provider finds under the id; undefined when it is gone */
  read(request: Request, id: string): Promise<Known | undefined>
  /** @param changed the names of what has another value now */
  update?(request: Request, id: string, values: Known, changed: ReadonlySet<string>): Promise<void>
  remove(request: Request, id: string): Promise<void>
}

export interface Resource {
  readonly type: ResourceType
  readonly name: string
  readonly values: Values
  /** What the second configuration says instead. */
  readonly changed: Values
}

/** The parts of an id of two. */
export function partsOf(id: string): readonly [string, string] {
  const [first, second, ...more] = id.split(':')
  if (first === undefined || second === undefined || more.length > 0) throw new Error(`${id} is no id of two parts.`)
  return [first, second]
}

/** The rows of a list, which has a name around each in JSON. */
export function rowsOf(answer: Answer, list: string, row: string): readonly Known[] {
  const found = (answer[list] as Readonly<Record<string, readonly Known[]>> | undefined)?.[row]
  if (found === undefined) throw new Error(`There is no ${list}.${row} in ${JSON.stringify(answer)}.`)
  return found
}

/** Those that have a value that is neither blank nor 0: what the provider leaves out otherwise. */
export function given(params: Params): Params {
  return Object.fromEntries(Object.entries(params).filter(([, value]) => ![undefined, '', 0].includes(value as string)))
}

/** The parameters of attributes, by name; of all, or of those that were changed. */
export function paramsOf(
  names: Readonly<Record<string, string>>,
  values: Known,
  only?: ReadonlySet<string>,
): Record<string, unknown> {
  const wanted = Object.entries(names).filter(([attribute]) => only === undefined || only.has(attribute))
  return Object.fromEntries(wanted.map(([attribute, param]) => [param, values[attribute]]))
}

/** What a row says of the attributes. */
export function attributesOf(names: Readonly<Record<string, string>>, row: Known): Known {
  return Object.fromEntries(Object.entries(names).map(([attribute, field]) => [attribute, row[field] ?? '']))
}
