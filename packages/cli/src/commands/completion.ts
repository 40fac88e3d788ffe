import { Argument, Command } from '../command.ts'
import { bashScript } from '../completion/bash.ts'
import { fishScript } from '../completion/fish.ts'
import { placesOf } from '../completion/words.ts'
import { zshScript } from '../completion/zsh.ts'
import { say } from '../say.ts'
import { commandAbouts } from './names.ts'

const usage = `  bash   source <(opensag completion bash)
  zsh    source <(opensag completion zsh)          # after compinit
  fish   opensag completion fish > ~/.config/fish/completions/opensag.fish
`

/** `opensag completion`: a script that knows all commands, options, operations and their parameters. */
export function completionCommand(everyCommand: () => Promise<Command>): Command {
  return new Command('completion')
    .description(commandAbouts.completion)
    .addArgument(new Argument('<shell>', 'The shell').choices(['bash', 'zsh', 'fish']))
    .addHelpText('after', () => `\n${say('To use it:')}\n${usage}`)
    .action(async (shell: 'bash' | 'zsh' | 'fish') => {
      const { operationWords } = await import('../completion/operations.ts')
      const places = placesOf(await everyCommand())
      console.log(scripts[shell](places, operationWords()).trimEnd())
    })
}

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript } as const
