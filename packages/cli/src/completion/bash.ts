import type { OperationWords } from './operations.ts'
import type { Place, Values } from './words.ts'

/** A completion script of bash 4 and newer; nothing of the program runs when it completes. */
export function bashScript(places: readonly Place[], operations: readonly OperationWords[]): string {
  const words = (list: readonly { readonly word: string }[]): string => list.map(({ word }) => word).join(' ')
  return `# Completion of opensag for bash. To use it: source <(opensag completion bash)
_opensag() {
  local current=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} path='' word i
  # "=" parts words in bash.
  [[ $current == '=' ]] && return
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    [[ $word == -* ]] && continue
    case " $(_opensag_commands "$path") " in
      *" $word "*) path="\${path:+$path }$word" ;;
    esac
  done
  case "$path $before" in
${places.flatMap(valueCases).join('\n')}
  esac
  if [[ $path == call && $current != -* ]]; then
    for ((i = 1; i < COMP_CWORD; i++)); do
      case "\${COMP_WORDS[i]}" in
${operations.map(({ word, parameters }) => `        ${word}) COMPREPLY=($(compgen -W '${parameters.join(' ')}' -- "$current")); [[ \${COMPREPLY[0]} == *= ]] && compopt -o nospace 2>/dev/null; return ;;`).join('\n')}
      esac
    done
    COMPREPLY=($(compgen -W '${words(operations)}' -- "$current"))
    return
  fi
  if [[ $current == -* ]]; then
    COMPREPLY=($(compgen -W "$(_opensag_options "$path")" -- "$current"))
  else
    COMPREPLY=($(compgen -W "$(_opensag_commands "$path")" -- "$current"))
    case $path in
${places.flatMap(argumentCase).join('\n')}
    esac
  fi
}
_opensag_commands() {
  case $1 in
${places
  .filter(({ commands }) => commands.length > 0)
  .map(({ path, commands }) => `    '${path}') printf '%s' '${words(commands)}' ;;`)
  .join('\n')}
  esac
}
_opensag_options() {
  case $1 in
${places.map(({ path, options }) => `    '${path}') printf '%s' '${words(options)}' ;;`).join('\n')}
  esac
}
complete -F _opensag opensag
`
}

function valueCases({ path, values }: Place): readonly string[] {
  return [...values].map(([flag, what]) => `    '${path} ${flag}') ${reply(what)}return ;;`)
}

function argumentCase({ path, argument }: Place): readonly string[] {
  return argument === undefined ? [] : [`      '${path}') ${reply(argument)};;`]
}

function reply(what: Values): string {
  switch (what.is) {
    case 'words':
      return `COMPREPLY=($(compgen -W '${what.words.join(' ')}' -- "$current")); `
    case 'folder':
      // Readline then writes a slash behind a folder, and quotes what has a blank in it.
      return 'compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -d -- "$current"); '
    case 'file':
      return 'compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); '
    case 'free':
      return ''
  }
}
