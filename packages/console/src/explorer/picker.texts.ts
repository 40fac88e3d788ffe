import { texts } from '../app/texts.ts'

/** What a field says of the things that it offers. */
export const pickerTexts = texts(
  {
    choices: 'Choices',
    loading: 'Reading…',
    none: 'None found. Any text can be typed.',
    more: (count: string) => `${count} more: type a part of it.`,
    inPart: 'Others may exist.',
    first: (names: string) => `Fill in ${names} first.`,
    denied: (action: string) => `You may not list these (${action}). Type it.`,
    failed: (code: string) => `The list could not be read. ${code}`,
  },
  {
    choices: '可选值',
    loading: '读取中…',
    none: '未找到，可直接输入。',
    more: (count) => `另有 ${count} 个，请输入部分内容缩小范围。`,
    inPart: '可能还有其他。',
    first: (names) => `请先填写 ${names}。`,
    denied: (action) => `没有列出的权限（${action}），请直接输入。`,
    failed: (code) => `列表读取失败。${code}`,
  },
)
