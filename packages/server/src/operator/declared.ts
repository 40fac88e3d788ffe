export { AuditNotIntact, verifyAuditExport } from './audit-file.ts'
export { flagOf, type OperatorCommand } from './command.ts'
export { operatorCommands } from './commands.ts'
