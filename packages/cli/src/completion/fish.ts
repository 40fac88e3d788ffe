import type { OperationWords } from './operations.ts'
import type { Place, Values } from './words.ts'

/** A completion script of fish, with what each word means; nothing of the program runs when it completes. */
export function fishScript(places: readonly Place[], operations: readonly OperationWords[]): string {
  return `# Completion of opensag for fish. To use it: opensag completion fish > ~/.config/fish/completions/opensag.fish
function __opensag_commands
  switch "$argv[1]"
${places
  .filter(({ commands }) => commands.length > 0)
  .map(({ path, commands }) => `    case '${path}'; printf '%s\\n' ${commands.map(({ word }) => word).join(' ')}`)
  .join('\n')}
  end
end
function __opensag_at
  set -l path ''
  for word in (commandline -opc)[2..-1]
    if contains -- $word (__opensag_commands "$path")
      set path (string trim "$path $word")
    end
  end
  test "$path" = "$argv[1]"
end
function __opensag_operation
  for word in (commandline -opc)[2..-1]
    contains -- $word $argv; and return 0
  end
  return 1
end
complete -c opensag -f
${places.flatMap(linesOf).join('\n')}
set -l operations ${operations.map(({ word }) => word).join(' ')}
${operations.flatMap(operationLines).join('\n')}
`
}

function linesOf({ path, commands, options, values, argument }: Place): readonly string[] {
  const at = `complete -c opensag -n "__opensag_at '${path}'"`
  return [
    ...commands.map(({ word, about }) => `${at} -a ${word} -d '${about}'`),
    ...(argument === undefined ? [] : [`${at}${argumentWords(argument)}`]),
    ...options.map(
      ({ word, about }) => `${at} -l ${word.replace(/^--/, '')}${valueWords(values.get(word))} -d '${about}'`,
    ),
  ]
}

function argumentWords(what: Values): string {
  return what.is === 'words' ? ` -a '${what.words.join(' ')}'` : ' -F'
}

function valueWords(what: Values | undefined): string {
  switch (what?.is) {
    case 'words':
      return ` -x -a '${what.words.join(' ')}'`
    case 'folder':
      return " -x -a '(__fish_complete_directories)'"
    case 'file':
      return ' -r -F'
    case 'free':
      return ' -x'
    default:
      return ''
  }
}

function operationLines({ word, about, parameters }: OperationWords): readonly string[] {
  return [
    `complete -c opensag -n "__opensag_at call; and not __opensag_operation $operations" -a ${word} -d '${about}'`,
    ...(parameters.length === 0
      ? []
      : [`complete -c opensag -n "__opensag_at call; and __opensag_operation ${word}" -a '${parameters.join(' ')}'`]),
  ]
}
