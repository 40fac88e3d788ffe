import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A parameter as published. What is not there is not published. */
export interface PublishedParam {
  readonly type: string
  readonly required?: boolean
  /** In the SDKs only. */
  readonly undocumented?: true
  readonly enum?: readonly string[]
  readonly default?: string | number | boolean
  readonly min?: number
  readonly max?: number
}

/** The members of an answer: a type, or a type and the members of what it holds. */
export interface PublishedShape {
  readonly [name: string]: string | readonly [type: string, members: PublishedShape]
}

/** An operation of SmartAG. */
export interface PublishedOperation {
  readonly family: string
  readonly level: string
  /** In the words of the pages of today. */
  readonly access: string
  /** A page prints `access`; otherwise it follows from the verb. */
  readonly accessPrinted?: true
  readonly resource: string | readonly string[]
  /** How much of its table of errors was published: `complete`, `partial`, `empty`, `none`. */
  readonly table: string
  readonly params: Readonly<Record<string, PublishedParam>>
  readonly result: PublishedShape
  readonly errors: Readonly<Record<string, readonly [status: number, en: string, zh: string | null]>>
}

/** What an official SDK knows of the members of an answer. */
export type SdkType = string | readonly ['array', SdkType] | { readonly [name: string]: SdkType }

/** An operation of a product whose facts come from its SDK and a list of errors for all of its operations. */
export interface SdkOperation {
  readonly params: Readonly<Record<string, { readonly type: SdkType; readonly required?: boolean }>>
  readonly result: Readonly<Record<string, SdkType>>
}

interface Facts<O> {
  readonly product: string
  readonly version: string
  readonly sources: readonly string[]
  readonly operations: Readonly<Record<string, O>>
}

export type SmartAgFacts = Facts<PublishedOperation>
export type SdkFacts = Facts<SdkOperation> & {
  readonly errors: Readonly<Record<string, readonly [status: number, en: string]>>
}

function read<T>(name: string): T {
  return JSON.parse(readFileSync(join(import.meta.dirname, name), 'utf8')) as T
}

export const smartAgFacts: SmartAgFacts = read('smartag-2018-03-13.facts.json')
export const sdkFacts: readonly SdkFacts[] = [read('ram-2015-05-01.facts.json'), read('sts-2015-04-01.facts.json')]

/** Operations of which nothing is published that could be compared, with the reason. */
export const notCompared: Readonly<Record<string, string>> = read('not-compared.json')
