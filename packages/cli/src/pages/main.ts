// Writes what is shipped beside the program: its manual, and the completion of shells. Usage: node main.js FOLDER VERSION DATE [--agent]. The
// build bundles and runs it; nothing of it is in the program.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { allCommands } from '../commands/all.ts'
import { gatewayCommands } from '../commands/of-gateway.ts'
import { bashScript } from '../completion/bash.ts'
import { fishScript } from '../completion/fish.ts'
import { type OperationWords, operationWords } from '../completion/operations.ts'
import { placesOf } from '../completion/words.ts'
import { zshScript } from '../completion/zsh.ts'
import { programOf } from '../program-of.ts'
import { speak } from '../say.ts'
import { manualPages, wholeManual } from './manual.ts'

const [folder = '', version = '', date = '', kind] = process.argv.slice(2)
const commands = kind === '--agent' ? gatewayCommands : allCommands
const program = await programOf(commands)
for (const { name, text } of manualPages(program, 'en', { version, date })) write(join('man/man1', name), text)
write('whole/opensag.1', wholeManual(program, { version, date }).text)

const places = placesOf(program)
const operations: readonly OperationWords[] = kind === '--agent' ? [] : operationWords()
write('bash-completion/completions/opensag', bashScript(places, operations))
write('zsh/vendor-completions/_opensag', zshScript(places, operations))
write('fish/vendor_completions.d/opensag.fish', fishScript(places, operations))

await speak('zh')
for (const { name, text } of manualPages(await programOf(commands), 'zh', { version, date })) {
  write(join('man/zh_CN/man1', name), text)
}

function write(name: string, text: string): void {
  const file = join(folder, name)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}
