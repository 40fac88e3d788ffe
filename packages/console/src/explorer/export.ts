import type { Language } from '../app/texts.ts'
import { type SampleCall, wirePairs } from '../samples/call.ts'
import type { Found } from './reference.ts'

/** Descriptions of an API for programs of others, as the server has them. */
export const exportFormats = ['openapi', 'postman'] as const
export type ExportFormat = (typeof exportFormats)[number]

export function exportAddress(format: ExportFormat, product: string, language: Language): string {
  return `/${format}/${product.toLowerCase()}${language === 'zh' ? '.zh-CN' : ''}.json`
}

interface OpenApi {
  readonly tags: readonly { readonly name: string }[]
  readonly paths: Readonly<Record<string, object>>
}

/** The document of an API with one operation of it. */
export function onlyPath<T extends OpenApi>(document: T, { family, operation }: Found): T {
  const path = `/#Action=${operation.name}`
  return {
    ...document,
    tags: document.tags.filter(({ name }) => name === family.id),
    paths: { [path]: document.paths[path] },
  }
}

interface Postman {
  readonly variable: readonly Variable[]
  readonly item: readonly { readonly name: string; readonly item: readonly PostmanRequest[] }[]
}

interface PostmanRequest {
  readonly name: string
  readonly request: { readonly body: { readonly mode: string; readonly urlencoded: readonly Variable[] } }
}

interface Variable {
  readonly key: string
  readonly value: string
}

/**
 * The collection of an API with one request, as the form has it; with the parameters of the sample where the form is empty. A
 * secret becomes a variable that is still to be set.
 */
export function onlyRequest<T extends Postman>(collection: T, { family, operation }: Found, call: SampleCall): T {
  const folder = collection.item.find(({ name }) => name === family.id)
  const sample = folder?.item.find(({ name }) => name === operation.name)
  if (sample === undefined) return { ...collection, item: [] }
  const pairs = wirePairs(call)
  const given = pairs.map(({ name, value }) => ({
    key: name,
    value: 'text' in value ? value.text : `{{${value.variable}}}`,
  }))
  const secrets = pairs.flatMap(({ value }) => ('variable' in value ? [value.variable] : []))
  const { body } = sample.request
  const head = body.urlencoded.filter(({ key }) => key === 'Action' || key === 'Version')
  const filled = { ...sample, request: { ...sample.request, body: { ...body, urlencoded: [...head, ...given] } } }
  return {
    ...collection,
    variable: [...collection.variable, ...secrets.map((key) => ({ key, value: '' }))],
    item: [{ name: family.id, item: [given.length === 0 ? sample : filled] }],
  }
}
