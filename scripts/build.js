// `npm run build`: compiles what changed, and makes of it the console and the programs that are published.
import { build } from './support/prepare.js'

build()
