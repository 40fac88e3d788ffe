// What the pages about error codes are made with: one module, so that it can be loaded when a person asks for one.
export { errorIndexPage } from '../reference/error-index.ts'
export { errorPage, pagesCss, unknownErrorPage } from '../reference/error-page.ts'
