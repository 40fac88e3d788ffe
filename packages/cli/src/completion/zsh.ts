import type { OperationWords } from './operations.ts'
import type { Place, Values, Word } from './words.ts'

/** A completion script of zsh, with what each word means; nothing of the program runs when it completes. */
export function zshScript(places: readonly Place[], operations: readonly OperationWords[]): string {
  return `#compdef opensag
# Completion of opensag for zsh. To use it: source <(opensag completion zsh), after compinit
_opensag() {
  local path_='' word i
  local before=\${words[CURRENT-1]} current=\${words[CURRENT]}
  local -a found
  for ((i = 2; i < CURRENT; i++)); do
    word=\${words[i]}
    [[ $word == -* ]] && continue
    _opensag_commands "$path_"
    (( \${found[(I)$word:*]} )) && path_="\${path_:+$path_ }$word"
  done
  found=()
  case "$path_ $before" in
${places.flatMap(valueCases).join('\n')}
  esac
  if [[ $path_ == call && $current != -* ]]; then
    for ((i = 2; i < CURRENT; i++)); do
      case \${words[i]} in
${operations.map(({ word, parameters }) => `        ${word}) compadd -S '' -- ${parameters.map((one) => `'${one}'`).join(' ')}; return ;;`).join('\n')}
      esac
    done
    found=(${described(operations)})
    _describe operation found
    return
  fi
  if [[ $current == -* ]]; then
    _opensag_options "$path_"
    _describe option found
  else
    case $path_ in
${places.flatMap(argumentCase).join('\n')}
    esac
    _opensag_commands "$path_"
    _describe command found
  fi
}
_opensag_commands() {
  found=()
  case $1 in
${places.map(({ path, commands }) => `    '${path}') found=(${described(commands)}) ;;`).join('\n')}
  esac
}
_opensag_options() {
  case $1 in
${places.map(({ path, options }) => `    '${path}') found=(${described(options)}) ;;`).join('\n')}
  esac
}
# A file of the folders in fpath is the body of the function at its first call.
if [[ \${funcstack[1]} == _opensag ]]; then
  _opensag "$@"
else
  compdef _opensag opensag
fi
`
}

function described(list: readonly Word[]): string {
  return list.map(({ word, about }) => `'${word}:${about.replaceAll(':', '\\:')}'`).join(' ')
}

function valueCases({ path, values }: Place): readonly string[] {
  return [...values].map(([flag, what]) => `    '${path} ${flag}') ${reply(what)}return ;;`)
}

function argumentCase({ path, argument }: Place): readonly string[] {
  return argument === undefined ? [] : [`      '${path}') ${reply(argument)}return ;;`]
}

function reply(what: Values): string {
  switch (what.is) {
    case 'words':
      return `compadd -- ${what.words.join(' ')}; `
    case 'folder':
      return '_files -/; '
    case 'file':
      return '_files; '
    case 'free':
      return ''
  }
}
