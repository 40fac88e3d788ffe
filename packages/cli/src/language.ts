/** The languages in which this program speaks to a person. What programs read is the same in each. */
export type Language = 'en' | 'zh'

/**
 * The language that the environment asks for, by the order of POSIX: `LC_ALL`, `LC_MESSAGES`, `LANG`, the first that is set. As GNU
 * gettext has it, `LANGUAGE` lists preferences that come before those, but not before the locales C and POSIX. Texts are written
 * in UTF-8, so a locale with another code set is spoken to in English, which is ASCII.
 */
export function languageOf(environment: Readonly<Record<string, string | undefined>>): Language {
  const { LC_ALL, LC_MESSAGES, LANG, LANGUAGE } = environment
  const locale = LC_ALL || LC_MESSAGES || LANG || 'C'
  const [name = '', codeSet = 'UTF-8'] = (locale.split('@')[0] ?? '').split('.')
  if (name === 'C' || name === 'POSIX' || !/^utf-?8$/i.test(codeSet)) return 'en'
  for (const preferred of [...(LANGUAGE ?? '').split(':'), name]) {
    if (isOf('zh', preferred)) return 'zh'
    if (isOf('en', preferred)) return 'en'
  }
  return 'en'
}

/** `zh`, `zh_CN`, `zh-Hans`: the part before the first mark is the language. */
function isOf(language: Language, name: string): boolean {
  return name.split(/[_.@-]/)[0]?.toLowerCase() === language
}
