import { texts } from '../app/texts.ts'

export const draftTexts = texts(
  { restored: (time: string) => `Draft of ${time} restored`, discard: 'Discard' },
  { restored: (time) => `已恢复 ${time} 的草稿`, discard: '放弃草稿' },
)
