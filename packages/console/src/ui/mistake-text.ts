import type { Mistake, ParamEntry } from '@opensag/rules'
import type { Language } from '../app/texts.ts'
import { uiTexts } from './ui.texts.ts'

export function mistakeText(mistake: Mistake, param: ParamEntry, language: Language): string {
  const { mistakes } = uiTexts[language]
  switch (mistake) {
    case 'range':
      return mistakes.range(String(param.minimum ?? 0), String(param.maximum ?? '∞'))
    case 'length':
      return mistakes.length(String(param.minLength ?? 0), String(param.maxLength ?? '∞'))
    case 'values':
      return mistakes.values((param.values ?? []).join(', '))
    case 'missing':
    case 'number':
    case 'pattern':
      return mistakes[mistake]
  }
}
