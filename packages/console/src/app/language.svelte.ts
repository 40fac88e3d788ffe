import { remember, remembered } from './remembered.ts'
import type { Language } from './texts.ts'

const isLanguage = (text: string): text is Language => text === 'en' || text === 'zh'

class LanguageChoice {
  #current = $state<Language>(remembered('language', isLanguage) ?? ofBrowser())

  get current(): Language {
    return this.#current
  }

  /** What `Intl` and the `lang` attribute call it. */
  get tag(): string {
    return this.#current === 'zh' ? 'zh-CN' : 'en'
  }

  choose(language: Language): void {
    this.#current = language
    remember('language', language)
  }
}

function ofBrowser(): Language {
  return navigator.languages.some((tag) => tag.toLowerCase().startsWith('zh')) ? 'zh' : 'en'
}

export const language = new LanguageChoice()
