/** A stored thing that a call was about: by its id, which no rename changes, and by its name at that time. */
export interface AuditedThing {
  /** As policies name it. */
  readonly resource: string
  readonly id: string
  readonly name?: string | undefined
}

/** One field that a call changed. Without `before` the call has made the thing, without `after` removed it or the value. */
export interface AuditedChange {
  readonly resource: string
  readonly field: string
  readonly before?: string | undefined
  readonly after?: string | undefined
}

/** What was asked for and what it changed. Nothing in it is secret. */
export interface AuditDetails {
  readonly things: readonly AuditedThing[]
  readonly changes: readonly AuditedChange[]
  /** By their names on the wire, as they were sent. */
  readonly parameters: Readonly<Record<string, string>>
  /** Something was left out, so that the whole is not longer than {@link longestDetails}. */
  readonly isCut: boolean
}

/** Bytes of one value; what is longer is cut and ends with {@link cutMark}. */
export const longestValue = 1024
/** Bytes of the details of one entry, as they are kept. */
export const longestDetails = 8192
export const cutMark = '…[cut]'

/** Room for the names of the members and for the parentheses around them. */
const frame = 128

const nothing: AuditDetails = { things: [], changes: [], parameters: {}, isCut: false }

/** The details as they are kept: JSON of bounded size. Nothing when there are none. */
export function detailsText(details: Omit<AuditDetails, 'isCut'>): string | undefined {
  const parameters = Object.entries(details.parameters)
  if (details.things.length + details.changes.length + parameters.length === 0) return undefined
  const { things: all, changes: changed } = details
  const whole = JSON.stringify({ things: all, changes: changed, parameters, isCut: false })
  // Where the whole is not longer than one value may be, nothing has to be cut; so it is with most.
  if (Buffer.byteLength(whole) <= longestValue) return whole
  let left = longestDetails - frame
  /** The first that fit; what names the thing and says what changed counts for more than what was sent. */
  function fitting<T>(items: readonly T[], texts: (item: T) => T): readonly string[] {
    const kept: string[] = []
    for (const item of items) {
      const text = JSON.stringify(texts(item))
      const size = Buffer.byteLength(text) + 1
      if (size > left) break
      left -= size
      kept.push(text)
    }
    return kept
  }
  const things = fitting(details.things, ({ resource, id, name }) => ({
    resource: bounded(resource),
    id: bounded(id),
    name: bounded(name),
  }))
  const changes = fitting(details.changes, ({ resource, field, before, after }) => ({
    resource: bounded(resource),
    field,
    before: bounded(before),
    after: bounded(after),
  }))
  const sent = fitting(parameters, ([name, value]): [string, string] => [bounded(name), bounded(value)])
  const isCut =
    things.length < details.things.length || changes.length < details.changes.length || sent.length < parameters.length
  return `{"things":[${things}],"changes":[${changes}],"parameters":[${sent}],"isCut":${isCut}}`
}

/** What {@link detailsText} made. */
export function readDetails(text: string | undefined): AuditDetails {
  if (text === undefined) return nothing
  const { things, changes, parameters, isCut } = JSON.parse(text) as Omit<AuditDetails, 'parameters'> & {
    readonly parameters: readonly (readonly [string, string])[]
  }
  return { things, changes, parameters: Object.fromEntries(parameters), isCut }
}

function bounded(value: string): string
function bounded(value: string | undefined): string | undefined
function bounded(value: string | undefined): string | undefined {
  // No unit of UTF-16 takes more than six bytes of JSON.
  if (value === undefined || value.length * 6 <= longestValue) return value
  if (value.length <= longestValue && sizeOf(value) <= longestValue) return value
  let size = Buffer.byteLength(cutMark)
  let kept = ''
  for (const character of value) {
    size += sizeOf(character)
    if (size > longestValue) break
    kept += character
  }
  return kept + cutMark
}

function sizeOf(text: string): number {
  return Buffer.byteLength(JSON.stringify(text)) - 2
}
