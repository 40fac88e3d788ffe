/** What programs of others read of an API: loaded together, when one of them is first asked for. */
export { openApiDocument } from './document.ts'
export { postmanCollection } from './postman.ts'
