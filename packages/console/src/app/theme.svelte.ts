import { remember, remembered } from './remembered.ts'

export type Theme = 'auto' | 'light' | 'dark'

const isTheme = (text: string): text is Theme => text === 'auto' || text === 'light' || text === 'dark'

class ThemeChoice {
  #current = $state<Theme>(remembered('theme', isTheme) ?? 'auto')

  get current(): Theme {
    return this.#current
  }

  choose(theme: Theme): void {
    this.#current = theme
    remember('theme', theme)
    applyTheme()
  }
}

export const theme = new ThemeChoice()

/** The style sheet follows the system unless told otherwise by this attribute. */
export function applyTheme(): void {
  document.documentElement.dataset['theme'] = theme.current
}
