import type { Language } from '../../app/texts.ts'
import type { AuditEvent } from './audit-event.ts'
import { fieldWords, nouns, verbs, type Words, whole } from './event-words.texts.ts'

/** How many fields a title names; the details have all. */
const mostFields = 3

/** What somebody did, as a person would say it: the fields of one thing that changed, or what was done to what. */
export function titleOf({ eventName, changes = [] }: AuditEvent, language: Language): string {
  const isOneThing = new Set(changes.map(({ resource }) => resource)).size === 1
  if (isOneThing && /^(Modify|Update)/.test(eventName) && !Object.hasOwn(whole, eventName)) {
    const fields = [...new Set(changes.map(({ field }) => fieldWord(field, language)))]
    if (fields.length <= mostFields) return sentence(fields.join(language === 'en' ? ', ' : '、'))
  }
  return operationWords(eventName, language)
}

export function fieldWord(field: string | undefined, language: Language): string {
  return wordIn(fieldWords, field ?? '', language) ?? field ?? ''
}

/** `DeleteSnatEntry` is "Address translation removed"; an operation without words keeps its name. */
export function operationWords(name: string, language: Language): string {
  const known = wordIn(whole, name, language)
  if (known !== undefined) return known
  const verb = Object.keys(verbs).find((one) => name.startsWith(one))
  const noun = verb === undefined ? undefined : wordIn(nouns, name.slice(verb.length), language)
  const done = verb === undefined ? undefined : wordIn(verbs, verb, language)
  if (done === undefined || noun === undefined) return name
  return language === 'en' ? sentence(`${noun} ${done}`) : `${done}${noun}`
}

function wordIn(words: Words, name: string, language: Language): string | undefined {
  const found = Object.hasOwn(words, name) ? words[name] : undefined
  return found?.[language === 'en' ? 0 : 1]
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
