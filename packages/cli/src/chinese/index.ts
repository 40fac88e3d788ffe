import { backupMessages } from './backup-messages.ts'
import { commandHelp } from './command-help.ts'
import { commandRefusals } from './command-refusals.ts'
import { messages } from './messages.ts'
import { operatorHelp } from './operator-help.ts'
import { parityMessages } from './parity-messages.ts'
import { refusals } from './refusals.ts'
import { rotateHelp } from './rotate-help.ts'
import { settingsHelp } from './settings-help.ts'
import { startMessages } from './start-messages.ts'
import { written } from './written.ts'

/** Every help text that a command of this package has, in English. */
export type Help = keyof typeof commandHelp | keyof typeof rotateHelp | keyof typeof settingsHelp

/** Every message, in English. */
export type Message =
  | keyof typeof messages
  | keyof typeof backupMessages
  | keyof typeof parityMessages
  | keyof typeof startMessages

/** What is said in Chinese, by its English text. */
export const chinese = {
  help: { ...operatorHelp, ...commandHelp, ...rotateHelp, ...settingsHelp },
  messages: { ...messages, ...backupMessages, ...parityMessages, ...startMessages },
  // What fits everything comes last.
  written: { ...refusals, ...commandRefusals, ...written },
}
