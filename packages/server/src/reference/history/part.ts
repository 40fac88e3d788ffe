import { historySentences, type Texts } from '@opensag/rules'
import { table } from '../markdown.ts'
import { histories, releases } from './generated/histories.ts'

const words = {
  en: { title: 'Change history', head: ['Release', 'Summary of changes'], unreleased: 'Unreleased' },
  zh: { title: '变更历史', head: ['版本', '变更摘要'], unreleased: '未发布' },
} as const

/** The end of an operation's section; an operation that is newer than the generated histories has none yet. */
export function historyPart(name: string, language: keyof Texts): string {
  const { title, head, unreleased } = words[language]
  const rows = (histories[name] ?? []).map((entry) => {
    const release = entry.release === undefined ? undefined : releases[entry.release]
    return [
      release === undefined ? unreleased : `${release.version} (${release.date})`,
      historySentences(entry, language).join(language === 'zh' ? '' : ' '),
    ]
  })
  return `**${title}**\n\n${table(head, rows)}`
}
