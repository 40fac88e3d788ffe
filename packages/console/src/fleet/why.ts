import type { Language } from '../app/texts.ts'
import { whyTexts } from './why.texts.ts'

type Texts = (typeof whyTexts)[Language]

/** How a connection ended, by the words the server writes down. */
const endings: Readonly<Record<string, 'silent' | 'broken' | 'server'>> = {
  'Nothing was heard of the gateway.': 'silent',
  'The connection broke.': 'broken',
  'The server stopped.': 'server',
  'The server was restarted.': 'server',
  'The server was restored from a backup.': 'server',
  'The server failed.': 'server',
  'The node that held its connection is gone.': 'server',
}

/** One or two sentences; those of an unknown cause say what is known instead of it. */
export function whyText(cause: string | undefined, ending: string | undefined, t: Texts): string {
  if (cause !== undefined && cause !== 'Unknown' && Object.hasOwn(t.causes, cause)) {
    return t.causes[cause as keyof Texts['causes']]
  }
  return `${t.causes.Unknown}${t === whyTexts.zh ? '' : ' '}${endingText(ending, t)}`
}

function endingText(ending: string | undefined, t: Texts): string {
  if (ending === undefined || ending === '') return t.endings.none
  const known = Object.hasOwn(endings, ending) ? endings[ending] : undefined
  return known === undefined ? t.endings.other(ending) : t.endings[known]
}

export function ruledOutTexts(names: readonly string[], t: Texts): readonly string[] {
  return names.flatMap((name) => (Object.hasOwn(t.ruledOut, name) ? t.ruledOut[name as keyof Texts['ruledOut']] : []))
}
