import { texts } from '../app/texts.ts'

export const fieldTexts = texts(
  {
    use: (value: string) => `Use ${value}`,
    needed: 'This cannot be left empty.',
    name: '2 to 128 letters, Chinese characters, digits, “.”, “_” or “-”. The first is a letter or Chinese character.',
    description: '2 to 256 characters. The first is a letter or Chinese character; no web address.',
    mail: 'One mail address, such as li@example.com, of letters, digits, “_”, “.” and “-”.',
    userName: '7 to 33 letters, digits, “_”, “@”, “.” or “-”. The first is a letter or digit.',
    address: 'Four numbers from 0 to 255, such as 10.2.0.7.',
    ramName: '1 to 64 letters, digits, “.”, “_” or “-”.',
    roleName: '1 to 64 letters, digits, “.” or “-”.',
    long: (most: string, has: string) => `At most ${most} characters; these are ${has}.`,
    json: 'This is no JSON: a comma, quote or bracket is missing or too many.',
  },
  {
    use: (value) => `使用 ${value}`,
    needed: '此项不能为空。',
    name: '2～128 个字母、中文、数字、“.”、“_”或“-”，以字母或中文开头。',
    description: '2～256 个字符，以字母或中文开头，不能是网址。',
    mail: '一个邮箱地址，例如 li@example.com，可包含字母、数字、“_”、“.”和“-”。',
    userName: '7～33 个字母、数字、“_”、“@”、“.”或“-”，以字母或数字开头。',
    address: '四段 0～255 的数字，例如 10.2.0.7。',
    ramName: '1～64 个字母、数字、“.”、“_”或“-”。',
    roleName: '1～64 个字母、数字、“.”或“-”。',
    long: (most, has) => `最多 ${most} 个字符，当前 ${has} 个。`,
    json: '不是有效的 JSON：逗号、引号或括号缺失或多余。',
  },
)
