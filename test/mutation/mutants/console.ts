import { folder } from '../mutant.ts'
import { consolePage } from './console-page.ts'
import { consoleReference } from './console-reference.ts'
import { consoleServer } from './console-server.ts'

/** The logic of the web console, its pages and its logon; the screens themselves have tests in a browser. */
export const consoleLogic = folder('console', 0.9, 'packages', [...consolePage, ...consoleServer, ...consoleReference])
