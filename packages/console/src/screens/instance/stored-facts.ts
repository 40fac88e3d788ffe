import type { Language } from '../../app/texts.ts'

/** Fields of an instance that are shown as they come, when there is one: what each is called. */
export const storedFacts = {
  Description: { en: 'Description', zh: '描述' },
  City: { en: 'City', zh: '城市' },
  Position: { en: 'Position', zh: '位置' },
} as const satisfies Readonly<Record<string, Readonly<Record<Language, string>>>>

export type StoredFacts = { readonly [Field in keyof typeof storedFacts]?: string }

/** Those an instance has, with what each is called, in the order they are shown. */
export function factsToShow(
  attribute: StoredFacts,
  language: Language,
): readonly { readonly label: string; readonly value: string }[] {
  return Object.entries(storedFacts).flatMap(([field, label]) => {
    const value = attribute[field as keyof StoredFacts]
    return value ? [{ label: label[language], value }] : []
  })
}
