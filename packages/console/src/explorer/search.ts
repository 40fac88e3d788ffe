import type { Found } from './reference.ts'

/** Operations in which each word of the search is found, those that have it in their names first. */
export function searchOperations(all: readonly Found[], search: string): readonly Found[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return all
  const hits = all.filter((found) => {
    const text = textOf(found)
    return words.every((word) => text.includes(word))
  })
  const inName = ({ operation }: Found): boolean => words.every((word) => operation.name.toLowerCase().includes(word))
  return [...hits.filter(inName), ...hits.filter((found) => !inName(found))]
}

const texts = new WeakMap<Found, string>()

function textOf(found: Found): string {
  const known = texts.get(found)
  if (known !== undefined) return known
  const { api, family, operation } = found
  const parts = [api.product, family.title.en, family.title.zh, operation.name, operation.about.en, operation.about.zh]
  const text = [...parts, operation.action, ...operation.params.map(({ name }) => name)].join('\n').toLowerCase()
  texts.set(found, text)
  return text
}
