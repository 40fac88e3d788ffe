import type { Texts } from '../declare/index.ts'
import type { CodeExplanation } from './explanation.ts'

// What is said of one parameter after another.

export function wrongCharacters(name: string, { en, zh }: Texts): CodeExplanation {
  return {
    en: [`\`${name}\` has a character that is not among these: ${en}.`, 'Choose another.'],
    zh: [`\`${name}\` 含有不允许的字符，允许：${zh}。`, '更换取值。'],
  }
}

export function wrongFormat(name: string, { en, zh }: Texts): CodeExplanation {
  return {
    en: [`\`${name}\` is not ${en}.`, 'Correct it.'],
    zh: [`\`${name}\` 不是${zh}。`, '修正取值。'],
  }
}

export function tooLong(name: string, most: number): CodeExplanation {
  return {
    en: [`\`${name}\` has more than ${most} characters.`, 'Shorten it.'],
    zh: [`\`${name}\` 超过 ${most} 个字符。`, '缩短内容。'],
  }
}

export function weak(name: string): CodeExplanation {
  return {
    en: [
      `\`${name}\` has not 8 to 32 printable characters of at least three kinds: capitals, small letters, digits, others.`,
      'Choose another.',
    ],
    zh: [`\`${name}\` 须为 8 至 32 个可打印字符，至少包含大写字母、小写字母、数字、其他字符中的三种。`, '更换密码。'],
  }
}

/** `en` and `zh`: what to send, or where it is found, without a stop. */
export function notSent(name: string, en: string, zh: string): CodeExplanation {
  return {
    en: [`\`${name}\` was not sent or is blank.`, `Send it; ${en}.`],
    zh: [`未传 \`${name}\` 或为空。`, `传入该参数；${zh}。`],
  }
}
