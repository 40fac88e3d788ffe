import { timeText } from '../app/format.ts'
import type { Language } from '../app/texts.ts'
import type { NewJob } from './new-job.svelte.ts'
import { newJobTexts } from './new-job.texts.ts'

/** When a job that is confirmed may begin; undefined: now. */
export function timesText(params: NonNullable<NewJob['params']>, language: Language): string | undefined {
  const t = newJobTexts[language]
  if ('StartAt' in params) return t.ruleStart(timeText(Date.parse(params.StartAt), language))
  return 'WindowStart' in params
    ? t.ruleWindow(params.WindowStart, params.WindowEnd ?? '', params.UtcOffset ?? '')
    : undefined
}
