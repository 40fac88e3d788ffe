// What needs PostgreSQL, in one: it is loaded as a whole, and only when it is asked for.
export { backUpDatabase } from './back-up-database.ts'
export { markDatabase } from './mark-database.ts'
export { moveStore } from './move-store.ts'
export { restoreIntoDatabase } from './restore-into-database.ts'
