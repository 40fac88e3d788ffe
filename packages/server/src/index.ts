export { apis } from './apis/registry.ts'
export { operations } from './apis/smartag/registry.ts'
export { backUpFolder } from './backup/back-up-folder.ts'
export { BackupRefused } from './backup/errors.ts'
export type { Manifest } from './backup/manifest.ts'
export { markFolder } from './backup/mark-folder.ts'
export { type Marked, mostAheadMs } from './backup/mark-restored.ts'
export { type Restored, restoreBackup } from './backup/restore-backup.ts'
export { callLimits, mailMs } from './channel/call-limits.ts'
export type { Api } from './declare/api.ts'
export type { Operation } from './declare/operation.ts'
export { exists, makeFolderDurably, writeDurably, writeNewDurably } from './durable-files.ts'
export { type Mailer, MailNotSent } from './mail/mailer.ts'
export { createSmtpMailer, type SmtpSettings } from './mail/smtp.ts'
export { type OperatorCommand, OperatorRefusal } from './operator/command.ts'
export { operatorCommands } from './operator/commands.ts'
export type { Simulation } from './operator/simulation.ts'
export { operatorPath, reachablePath } from './operator/socket.ts'
export {
  type Certificate,
  type FirstCredentials,
  type RunningServer,
  type ServerOptions,
  startServer,
} from './start.ts'
