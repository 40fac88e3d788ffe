/** What runs the real code of the server, loaded when it is needed. */
export { createGlueSubject } from './glue/run.ts'
export { createNodesSubject } from './nodes/run.ts'
