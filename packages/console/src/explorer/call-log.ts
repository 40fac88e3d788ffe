import type { OperationEntry, Product } from '@opensag/rules'
import { keptList } from '../app/kept-list.ts'
import type { FormValues } from './form.ts'
import { formQuery } from './form-link.ts'

/** A form that was filled in: the parameters by their names on the wire, and none that is a secret. */
export interface FilledCall {
  readonly product: string
  readonly operation: string
  readonly query: Readonly<Record<string, string>>
  /** Its parameters were too long to be kept. */
  readonly isCut?: boolean
}

/** A call that was made and answered. */
export interface LoggedCall extends FilledCall {
  readonly id: string
  /** Who made it: somebody else at the same browser sees nothing of it. */
  readonly arn: string
  /** Unix time in milliseconds. */
  readonly at: number
  readonly status: number
  readonly code: string
  readonly milliseconds: number
}

/** A form that somebody keeps under a name. */
export interface SavedCall extends FilledCall {
  readonly name: string
  readonly arn: string
}

export const mostLogged = 50
export const mostSaved = 30
export const longestName = 60
/** Characters of all parameters of a call that was made; a longer one is kept without them, and says so. */
export const longestQuery = 4000
/** Characters of all parameters of a call that is saved; a longer one is not saved. */
export const longestSaved = 32_000
/** Characters of a kept list: of all that are saved, as long as they may be. */
export const longestList = 1_200_000

/** What of a form may be kept. */
export function filledCall(product: Product, operation: OperationEntry, values: FormValues): FilledCall {
  return { product, operation: operation.name, query: formQuery(operation, values) }
}

/** With one more, the newest first; of too many the oldest goes. */
export function withCall(calls: readonly LoggedCall[], call: LoggedCall): readonly LoggedCall[] {
  const kept = lengthOf(call) <= longestQuery ? call : { ...call, query: {}, isCut: true }
  return [kept, ...calls].slice(0, mostLogged)
}

/** Whether its parameters are kept when it is saved. */
export function isSavable(call: FilledCall): boolean {
  return lengthOf(call) <= longestSaved
}

function lengthOf({ query }: FilledCall): number {
  return JSON.stringify(query).length
}

/** There is room for one of this name: one of the same name is replaced. */
export function hasRoom(saved: readonly SavedCall[], call: Pick<SavedCall, 'name' | 'arn'>): boolean {
  return saved.length < mostSaved || saved.some((one) => isSame(one, call))
}

/** With one more, by name, where there is room for it. */
export function withSaved(saved: readonly SavedCall[], call: SavedCall): readonly SavedCall[] {
  if (!hasRoom(saved, call) || !isSavable(call)) return saved
  const named = { ...call, name: nameOf(call) }
  return [...saved.filter((one) => !isSame(one, call)), named].sort((a, b) => a.name.localeCompare(b.name))
}

function isSame(one: SavedCall, other: Pick<SavedCall, 'name' | 'arn'>): boolean {
  return one.name === nameOf(other) && one.arn === other.arn
}

function nameOf({ name }: Pick<SavedCall, 'name'>): string {
  return name.trim().slice(0, longestName)
}

/** What was kept may be of another version, or of somebody who wrote it by hand: only what has its form is taken. */
export function readLogged(text: string): readonly LoggedCall[] {
  return keptList(text).filter(isLogged).slice(0, mostLogged)
}

export function readSaved(text: string): readonly SavedCall[] {
  return keptList(text).filter(isSaved).slice(0, mostSaved)
}

function isLogged(value: unknown): value is LoggedCall {
  if (!isFilled(value)) return false
  const { id, arn, at, status, code, milliseconds } = value as Partial<LoggedCall>
  return [id, arn, code].every(isText) && [at, status, milliseconds].every(Number.isFinite)
}

function isSaved(value: unknown): value is SavedCall {
  if (!isFilled(value)) return false
  const { name, arn } = value as Partial<SavedCall>
  return isText(arn) && isText(name) && name.length > 0 && name.length <= longestName
}

function isFilled(value: unknown): value is FilledCall {
  if (typeof value !== 'object' || value === null) return false
  const { product, operation, query } = value as Partial<FilledCall>
  return isText(product) && isText(operation) && isQuery(query)
}

function isQuery(query: unknown): boolean {
  return typeof query === 'object' && query !== null && Object.values(query).every(isText)
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}
