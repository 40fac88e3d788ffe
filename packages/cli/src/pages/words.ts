import type { CommandName } from '../commands/names.ts'
import type { Language } from '../language.ts'

interface Words {
  readonly manual: string
  readonly name: string
  readonly synopsis: string
  readonly description: string
  readonly commands: string
  readonly options: string
  readonly environment: string
  readonly files: string
  readonly exitStatus: string
  readonly examples: string
  readonly seeAlso: string
  readonly required: string
  readonly choices: (list: string) => string
  readonly fallback: (value: string) => string
  readonly ofFlag: (flag: string) => string
  readonly help: string
  readonly exits: Readonly<Record<0 | 1 | 2, string>>
  readonly whole: string
  readonly more: (command: string) => string
}

/** What every page says. */
export const words: Readonly<Record<Language, Words>> = {
  en: {
    manual: 'OpenSAG',
    name: 'NAME',
    synopsis: 'SYNOPSIS',
    description: 'DESCRIPTION',
    commands: 'COMMANDS',
    options: 'OPTIONS',
    environment: 'ENVIRONMENT',
    files: 'FILES',
    exitStatus: 'EXIT STATUS',
    examples: 'EXAMPLES',
    seeAlso: 'SEE ALSO',
    required: 'Required.',
    choices: (list) => `One of ${list}.`,
    fallback: (value) => `Default: ${value}.`,
    ofFlag: (flag) => `The value of ${flag} when that is not given.`,
    help: 'Print help.',
    exits: { 0: 'Success.', 1: 'The command failed; standard error says why.', 2: 'Wrong usage.' },
    whole: 'Each command has its own help: opensag COMMAND --help.',
    more: (command) => `Its own page: ${command}(1).`,
  },
  zh: {
    manual: 'OpenSAG',
    name: '名称',
    synopsis: '概要',
    description: '说明',
    commands: '命令',
    options: '选项',
    environment: '环境变量',
    files: '文件',
    exitStatus: '退出码',
    examples: '示例',
    seeAlso: '另请参阅',
    required: '必填。',
    choices: (list) => `可选值：${list}。`,
    fallback: (value) => `默认值：${value}。`,
    ofFlag: (flag) => `未给出 ${flag} 时采用的取值。`,
    help: '显示帮助。',
    exits: { 0: '成功。', 1: '执行失败，原因见标准错误输出。', 2: '用法有误。' },
    whole: '每个命令都有各自的帮助：opensag COMMAND --help。',
    more: (command) => `详见 ${command}(1)。`,
  },
}

/** A command line, and what it does. */
export interface Example {
  readonly line: string
  readonly en: string
  readonly zh: string
}

/** A path, and what is there. */
export interface FileNote {
  readonly path: string
  readonly en: string
  readonly zh: string
}

/** What cannot be read from a command itself. */
export interface Extra {
  readonly examples: readonly [Example, ...Example[]]
  readonly files: readonly FileNote[]
  readonly seeAlso: readonly CommandName[]
}
